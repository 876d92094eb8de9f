import "server-only";
import { v7 as uuidv7 } from "uuid";
import { databaseTrouble } from "@/lib/kernel/db/trouble";
import { CockpitError, httpStatus, isCockpitError, type ErrorCode } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { currentPerson } from "@/lib/kernel/session/current-person";
import { systemClock } from "@/lib/kernel/time";
import type { Context } from "./context";
import { personHeader } from "./whose";

export const newRequestId = (): string => uuidv7();

export type Failure = { code: ErrorCode; message: string; requestId: string; fields?: Record<string, string> };

const troubleSays = {
  full: "The disk of the database is full. Nothing was done.",
  silent: "The database does not answer. Whether anything was done is not known: look before you do it again.",
};

/** Expected errors give their sentence; a stranger's message stays in the log, under the request id. */
export function toFailure(error: unknown, requestId: string): Failure {
  if (isCockpitError(error))
    return { code: error.code, message: error.message, requestId, ...(error.fields && { fields: error.fields }) };
  log.error({ err: error, requestId }, "request failed");
  const trouble = databaseTrouble(error);
  if (trouble) return { code: "UNAVAILABLE", message: troubleSays[trouble], requestId };
  return {
    code: "INTERNAL",
    message: "Something went wrong here. Nothing was changed. Try again; if it stays, pass on the request id.",
    requestId,
  };
}

const unkept = { "cache-control": "no-store" };

/** The error as JSON, with its status. */
export function failureResponse(error: unknown, requestId: string, headers: Record<string, string> = {}): Response {
  const failure = toFailure(error, requestId);
  return Response.json({ error: failure }, { status: httpStatus[failure.code], headers: { ...unkept, ...headers } });
}

/** A GET handler: who and when are filled in, errors become JSON with their status. Either way the answer names the person. */
export async function respondJson<T>(read: (ctx: Context) => Promise<T>): Promise<Response> {
  const requestId = newRequestId();
  let readFor: Record<string, string> = {};
  try {
    const actor = await currentPerson();
    if (actor) readFor = { [personHeader]: actor.id };
    return Response.json(await read({ actor, now: systemClock(), requestId }), { headers: { ...unkept, ...readFor } });
  } catch (error) {
    return failureResponse(error, requestId, readFor);
  }
}

/** The same for several small reads in one request: each with its own answer (`data`) or failure (`error`). Nobody signed in is refused as a whole. */
export function respondEach(reads: Readonly<Record<string, (ctx: Context) => Promise<unknown>>>): Promise<Response> {
  return respondJson(async (ctx) => {
    if (!ctx.actor) throw new CockpitError("UNAUTHENTICATED", "Nobody is signed in.");
    const each = await Promise.all(
      Object.entries(reads).map(
        async ([name, read]) =>
          [
            name,
            await read(ctx).then(
              (data) => ({ data }),
              (error: unknown) => ({ error: toFailure(error, ctx.requestId) }),
            ),
          ] as const,
      ),
    );
    return { of: Object.fromEntries(each), now: ctx.now.toISOString() };
  });
}
