import type { ActionResult } from "@/lib/kernel/act/action-result";
import { hearPerson, sayOther } from "@/lib/kernel/query/page-owner";
import { RefusedAct, refusing } from "./refused-act";

export type AskFailure = { message: string; requestId: string | null; fields?: Record<string, string> };

// Once a page: Next sends server actions by the window's fetch.
if (typeof window !== "undefined") window.fetch = refusing(window.fetch.bind(window));

type Asked<T> = { done: true; data: T } | { done: false; failure: AskFailure };

const refused = (message: string): { done: false; failure: AskFailure } => ({
  done: false,
  failure: { message, requestId: null },
});

/**
 * Asks for an act; its answer, or what to say of why there is none. An act of another person than the page's is not even sent. An answer that
 * was no is told as one; only where none came, or the server broke down over it, is it not known whether the act was done.
 */
export async function ask<T>(run: () => Promise<ActionResult<T>>): Promise<Asked<T>> {
  const other = sayOther();
  if (other) return refused(`${other} Nothing was done.`);
  try {
    const answer = await run();
    if (answer.ok) return { done: true, data: answer.data };
    if (answer.error.code === "UNAUTHENTICATED") hearPerson(null);
    return { done: false, failure: answer.error };
  } catch (error) {
    return refused(sayThrown(error));
  }
}

function sayThrown(error: unknown): string {
  if (error instanceof RefusedAct) return error.message;
  if (error instanceof Error && /Server Action/i.test(error.message))
    return "This page is older than the server. Nothing was done. Copy what you typed, then reload the page.";
  return "No answer came from the server, so it is not known whether this was done. What you typed is kept.";
}
