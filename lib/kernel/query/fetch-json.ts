import { personHeader, type Whose } from "@/lib/kernel/act/whose";
import type { ErrorCode } from "@/lib/kernel/errors";
import { systemClock } from "@/lib/kernel/time";
import { hearPerson, sayOther } from "./page-owner";
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

/** Refuses with a QueryError when no answer came within half a minute; an aborted read stays an AbortError. */
async function answerOf(url: string, signal?: AbortSignal): Promise<Response> {
  const unanswered = AbortSignal.timeout(UNANSWERED_MS);
  try {
    return await fetch(url, {
      signal: signal ? AbortSignal.any([signal, unanswered]) : unanswered,
      headers: { accept: "application/json" },
      cache: "no-store",
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new QueryError("UNAVAILABLE", "The cockpit's server cannot be reached.", null);
  }
}

async function bodyOf<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) return body as T;
  const { error } = (body ?? {}) as ErrorBody;
  throw new QueryError(
    error?.code ?? "INTERNAL",
    error?.message ?? `The server's answer (${response.status}) could not be read.`,
    error?.requestId ?? null,
  );
}

/**
 * Reads JSON from a route of ours, and the server's time with it. Refuses with a QueryError, whatever went wrong, and when the answer is
 * for somebody else than the page.
 */
export async function fetchJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const response = await answerOf(url, signal);
  const receivedAt = systemClock().getTime();
  const person = response.headers.get(personHeader);
  if ((person || response.status === 401) && hearPerson(person))
    throw new QueryError("UNAUTHENTICATED", `${sayOther()} What is shown is from before.`, null);
  const body = await bodyOf<T>(response);
  observeServerTime((body as { now?: unknown }).now, receivedAt);
  return body;
}

/** Who is signed in now; null when nobody is. */
export async function fetchPerson(signal?: AbortSignal): Promise<Whose | null> {
  const response = await answerOf("/api/person", signal);
  const person = response.status === 401 ? null : await bodyOf<Whose>(response);
  hearPerson(person?.id ?? null, person?.name);
  return person;
}

/** Whether asking again may help: not when the answer is no. */
export function mayPass(error: unknown): boolean {
  return !(error instanceof QueryError) || error.code === "UNAVAILABLE" || error.code === "INTERNAL";
}
