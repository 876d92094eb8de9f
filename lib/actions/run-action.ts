import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { systemClock } from "@/lib/clock";
import { currentPerson } from "@/lib/auth/current-person";
import type { ActionResult } from "@/lib/contracts/action-result";
import { CockpitError, httpStatus } from "@/lib/errors";
import type { Context } from "@/lib/usecases/context";
import { newRequestId, toFailure } from "./respond";
import { setResponseStatus } from "./response-status";

/**
 * The one wrapper of server actions: who (from the session, roles from the database), what (the parsed input), when and under
 * which request; then the use case; then its result or the error's sentence. Every action is a public endpoint: nothing here
 * trusts the page.
 */
export async function runAction<Schema extends z.ZodType, T>(
  schema: Schema,
  raw: unknown,
  useCase: (ctx: Context, input: z.output<Schema>) => Promise<T>,
): Promise<ActionResult<T>> {
  const requestId = newRequestId();
  try {
    const ctx: Context = { actor: await currentPerson(), now: systemClock(), requestId };
    return { ok: true, data: await useCase(ctx, parseInput(schema, raw)) };
  } catch (error) {
    unstable_rethrow(error);
    const failure = toFailure(error, requestId);
    setResponseStatus(httpStatus[failure.code]);
    return { ok: false, error: failure };
  }
}

/** Refuses with INVALID: the first sentence, and one sentence a field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[String(issue.path[0] ?? "form")] ??= issue.message;
  throw new CockpitError("INVALID", Object.values(fields)[0] ?? "That cannot be read.", fields);
}
