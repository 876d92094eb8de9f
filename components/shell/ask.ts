import type { ActionResult } from "@/lib/contracts/action-result";

export type AskFailure = { message: string; requestId: string | null; fields?: Record<string, string> };

/** Asks for an act; its answer, or what to say of why there is none. No answer at all says that it is not known whether it was done. */
export async function ask<T>(run: () => Promise<ActionResult<T>>): Promise<{ done: true; data: T } | { done: false; failure: AskFailure }> {
  try {
    const answer = await run();
    return answer.ok ? { done: true, data: answer.data } : { done: false, failure: answer.error };
  } catch (error) {
    const old = error instanceof Error && /Server Action/i.test(error.message);
    const message = old ? "This page is older than the server. Copy what you typed, then reload the page." : "No answer came from the server, so it is not known whether this was done. What you typed is kept.";
    return { done: false, failure: { message, requestId: null } };
  }
}
