import { pingDatabase } from "@/lib/data/health";

export const dynamic = "force-dynamic";

/** Open to everybody, so it says no more than whether the cockpit can work. */
export async function GET(): Promise<Response> {
  const database = await pingDatabase().then(
    () => "ok",
    () => "unreachable",
  );
  const ok = database === "ok";
  return Response.json({ status: ok ? "ok" : "failing", database }, { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } });
}
