/** Once, when the application starts in the web's process: what our own server (lib/server/web.mjs) needs of it. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { listenForForeignPages } = await import("@/lib/kernel/act/foreign-pages");
  listenForForeignPages();
  const { listenForDocuments } = await import("@/app/(cockpit)/documents");
  listenForDocuments();
}
