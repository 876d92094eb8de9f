import { systemClock } from "@/lib/clock";
import type { ErrorCode } from "@/lib/errors";
import { observeServerTime } from "./server-clock";

/** A read that was answered with an error. `message` is the server's own sentence; `requestId` finds the rest in its log. */
export class QueryError extends Error {
  override readonly name = "QueryError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly requestId: string | null,
  ) {
    super(message);
  }
}

type ErrorBody = { error?: { code?: ErrorCode; message?: string; requestId?: string } };

/** What is not answered by then is not going to be: a connection may die without a word. */
const UNANSWERED_MS = 30_000;

/**
 * Reads JSON from a route of ours, and the server's time with it. Refuses with a QueryError, whatever went wrong, after half a minute at
 * the latest; an aborted read stays an AbortError.
 */
export async function fetchJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const unanswered = AbortSignal.timeout(UNANSWERED_MS);
  let response: Response;
  try {
    response = await fetch(url, { signal: signal ? AbortSignal.any([signal, unanswered]) : unanswered, headers: { accept: "application/json" }, cache: "no-store" });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new QueryError("UNAVAILABLE", "The cockpit's server cannot be reached.", null);
  }
  const receivedAt = systemClock().getTime();
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) {
    observeServerTime((body as { now?: unknown }).now, receivedAt);
    return body as T;
  }
  const { error } = (body ?? {}) as ErrorBody;
  throw new QueryError(error?.code ?? "INTERNAL", error?.message ?? `The server's answer (${response.status}) could not be read.`, error?.requestId ?? null);
}

/** Whether asking again may help: not when the answer is no. */
export function mayPass(error: unknown): boolean {
  return !(error instanceof QueryError) || error.code === "UNAVAILABLE" || error.code === "INTERNAL";
}
