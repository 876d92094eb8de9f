import "server-only";
import { env } from "@/lib/kernel/env";

/** The routes of next-auth that the product uses, with the methods it uses them by. */
const used = new Map<string, readonly string[]>([
  ["csrf", ["GET"]],
  ["callback/credentials", ["POST"]],
]);

/** Null: there is no such route here. */
export const allowedAt = (path: string): readonly string[] | null => used.get(path) ?? null;

const statusOf: Record<string, number> = { CredentialsSignin: 401, Stale: 403, RateLimited: 429, Unavailable: 503 };

/**
 * next-auth answers where to go on, as an address of its own pages whose query says what went wrong. Ours has the status that this
 * means, and goes on to the sign-in page of the cockpit: as JSON for our form, else as a redirect.
 */
export async function readAnswer(answer: Response, json: boolean): Promise<Response> {
  const to = json ? ((await answer.json().catch(() => ({}))) as { url?: string }).url : answer.headers.get("location");
  const query = new URL(to ?? "/?error=Unavailable", env().url).searchParams;
  // The form's token does not belong to the browser's cookie.
  const error = query.has("csrf") ? "Stale" : query.get("error");
  const [word = "", seconds] = error?.split(":") ?? [];
  const headers = new Headers({ "cache-control": "no-store" });
  for (const cookie of answer.headers.getSetCookie()) headers.append("set-cookie", cookie);
  if (seconds) headers.set("retry-after", seconds);
  const url = error === null ? `${env().url}/` : `${env().url}/sign-in?${new URLSearchParams({ error })}`;
  if (json) return Response.json({ url }, { status: error === null ? 200 : (statusOf[word] ?? 503), headers });
  headers.set("location", url);
  return new Response(null, { status: 303, headers });
}
