import type { ActionResult } from "@/lib/contracts/action-result";

export type AskFailure = { message: string; requestId: string | null; fields?: Record<string, string> };

const older = "This page is older than the server. Nothing was done. Copy what you typed, then reload the page.";
const unknown = "No answer came from the server, so it is not known whether this was done. What you typed is kept.";

/** Asks for an act; its answer, or what to say of why there is none. No answer at all says that it is not known whether it was done. */
export async function ask<T>(run: () => Promise<ActionResult<T>>): Promise<{ done: true; data: T } | { done: false; failure: AskFailure }> {
  try {
    const answer = await run();
    return answer.ok ? { done: true, data: answer.data } : { done: false, failure: answer.error };
  } catch (error) {
    return { done: false, failure: { message: sayError(error), requestId: null } };
  }
}

/** Of a refusal by HTTP alone (lib/server/http-guard.mjs) only the sentence comes through: it ends by saying that nothing was done. */
function sayError(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  if (message.endsWith("Nothing was done.")) return message;
  return /Server Action/i.test(message) ? older : unknown;
}
