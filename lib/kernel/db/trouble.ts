import "server-only";
import { systemClock } from "@/lib/kernel/time";

/** full: it has no room for what was to be written, so nothing was. silent: it is not there, or does not answer in time; what was asked may yet be done. */
export type DatabaseTrouble = "full" | "silent";

const diskFull = "53100";
/** Prisma's words, PostgreSQL's and the system's for one thing. */
const silence = new Set([
  ...["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"],
  ...["57014", "57P01", "57P02", "57P03", "53300", "08000", "08001", "08003", "08006", "25P03"],
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH"],
]);
/** What the driver says without a code. */
const saysSilence =
  /Query read timeout|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;

const rememberMs = 60_000;
// On globalThis: the bundler may load this module more than once in one process.
const holder = globalThis as unknown as { cockpitDiskFullAt?: number };

/** What ails the database when this is what was thrown; null: nothing, the error is another's. */
export function databaseTrouble(error: unknown): DatabaseTrouble | null {
  const { codes, messages } = wordsOf(error);
  if (codes.includes(diskFull)) {
    holder.cockpitDiskFullAt = systemClock().getTime();
    return "full";
  }
  return codes.some((code) => silence.has(code)) || messages.some((message) => saysSilence.test(message))
    ? "silent"
    : null;
}

/** Whether the database refused a write for want of room a moment ago. */
export const refusedForRoom = (now: Date): boolean =>
  now.getTime() - (holder.cockpitDiskFullAt ?? -Infinity) < rememberMs;

type Wrapped = {
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  originalCode?: unknown;
  originalMessage?: unknown;
  meta?: { code?: unknown; driverAdapterError?: unknown };
};

/** Of the error and of all it wraps. */
function wordsOf(error: unknown, depth = 0): { codes: string[]; messages: string[] } {
  if (typeof error !== "object" || error === null || depth > 5) return { codes: [], messages: [] };
  const { code, message, cause, originalCode, originalMessage, meta } = error as Wrapped;
  const texts = (...all: unknown[]) => all.filter((text) => typeof text === "string");
  const inner = [cause, meta?.driverAdapterError].map((one) => wordsOf(one, depth + 1));
  return {
    codes: [...texts(code, originalCode, meta?.code), ...inner.flatMap(({ codes }) => codes)],
    messages: [...texts(message, originalMessage), ...inner.flatMap(({ messages }) => messages)],
  };
}
