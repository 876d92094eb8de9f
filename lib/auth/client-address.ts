/** The web server puts the true address of the client here (see lib/server/http-guard.mjs). */
export function clientAddress(headers: Record<string, unknown> | undefined): string {
  const forwarded = headers?.["x-forwarded-for"];
  return typeof forwarded === "string" ? (forwarded.split(",")[0] ?? "").trim() || "unknown" : "unknown";
}
