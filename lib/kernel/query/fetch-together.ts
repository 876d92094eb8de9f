import type { ErrorCode } from "@/lib/kernel/errors";
import { fetchJson, QueryError } from "./fetch-json";

/** What can be read in one request with others: small answers that stand around every page. app/api/together/route.ts says what they are. */
export type ReadTogether = "queue" | "inbox" | "overrides";

/** What is waited for, asked with its parameters, and takes small answers along. */
type ReadAlong = "list";

type One = { data: unknown } | { error: { code: ErrorCode; message: string; requestId: string } };
type Waiting = { answer: (data: unknown) => void; refuse: (error: unknown) => void };

/** One change is told to several parts of a page within a few milliseconds of each other. */
const gatherMs = 20;
let gathered: Map<ReadTogether | ReadAlong, Waiting[]> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Reads one of them, in one request with all that are asked for within a moment. Refuses with a QueryError. */
export function fetchTogether<T>(name: ReadTogether): Promise<T> {
  if (!gathered) {
    gathered = new Map();
    timer = setTimeout(send, gatherMs);
  }
  return answerTo<T>(name);
}

/**
 * Reads what is waited for, at once. What is being gathered by then goes along in its request: both come at the same moment, and the page is drawn
 * once instead of twice. Read by `alone` when nothing is.
 */
export function fetchAlong<T>(name: ReadAlong, asks: string, alone: () => Promise<T>): Promise<T> {
  if (!gathered) return alone();
  const answer = answerTo<T>(name);
  clearTimeout(timer);
  send(`&${name}=${encodeURIComponent(asks)}`);
  return answer;
}

function answerTo<T>(name: ReadTogether | ReadAlong): Promise<T> {
  return new Promise((answer, refuse) => {
    gathered!.set(name, [...(gathered!.get(name) ?? []), { answer: (data) => answer(data as T), refuse }]);
  });
}

function send(along = ""): void {
  const asked = gathered!;
  gathered = null;
  const small = [...asked.keys()].filter((name) => name !== "list").map((name) => `of=${name}`);
  fetchJson<{ of: Record<string, One> }>(`/api/together?${small.join("&")}${along}`).then(
    ({ of }) => {
      for (const [name, waiting] of asked) for (const one of waiting) settle(one, of[name]);
    },
    (error: unknown) => {
      for (const waiting of asked.values()) for (const { refuse } of waiting) refuse(error);
    },
  );
}

function settle({ answer, refuse }: Waiting, one: One | undefined): void {
  if (one && "data" in one) return answer(one.data);
  const { code, message, requestId } = one?.error ?? {
    code: "INTERNAL" as const,
    message: "The server's answer could not be read.",
    requestId: null,
  };
  refuse(new QueryError(code, message, requestId));
}
