import type { ErrorCode } from "@/lib/kernel/errors";
import { fetchJson, QueryError } from "./fetch-json";

/** What can be read in one request with others: small answers that stand around every page. app/api/together/route.ts says what they are. */
export type ReadTogether = "queue" | "inbox" | "overrides";

type One = { data: unknown } | { error: { code: ErrorCode; message: string; requestId: string } };
type Waiting = { answer: (data: unknown) => void; refuse: (error: unknown) => void };

/** One change is told to several parts of a page within a few milliseconds of each other. */
const gatherMs = 20;
let gathered: Map<ReadTogether, Waiting[]> | null = null;

/** Reads one of them, in one request with all that are asked for within a moment. Refuses with a QueryError. */
export function fetchTogether<T>(name: ReadTogether): Promise<T> {
  return new Promise((answer, refuse) => {
    if (!gathered) {
      gathered = new Map();
      setTimeout(send, gatherMs);
    }
    gathered.set(name, [...(gathered.get(name) ?? []), { answer: (data) => answer(data as T), refuse }]);
  });
}

function send(): void {
  const asked = gathered!;
  gathered = null;
  const names = [...asked.keys()].map((name) => `of=${name}`).join("&");
  fetchJson<{ of: Record<string, One> }>(`/api/together?${names}`).then(
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
