import "server-only";
import { CockpitError } from "@/lib/kernel/errors";

const mostBytes = 10_000;

/** The body of a form that anybody may send. Refuses with INVALID what is longer than any of them, before it is read where it says so. */
export async function readBody(request: Request): Promise<string> {
  const tooLong = new CockpitError("INVALID", "That is more than this form takes.");
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw tooLong;
  const text = await request.text();
  if (text.length > mostBytes) throw tooLong;
  return text;
}
