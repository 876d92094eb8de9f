import "server-only";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import { personNames } from "@/lib/kernel/db/people-named";
import { CockpitError, httpStatus, isCockpitError } from "@/lib/kernel/errors";
import { currentPerson } from "@/lib/kernel/session/current-person";
import { systemClock } from "@/lib/kernel/time";
import type { PersonActionId } from "@/lib/model/actions";
import { refuse, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import type { ActionResult } from "./action-result";
import { passDoor, recordRefusals, type Otherwise, type Subject } from "./authorise";
import type { Context } from "./context";
import { parseInput } from "./parse-input";
import { newRequestId, toFailure } from "./respond";
import { actBegins, setResponseStatus } from "./response-status";

/** What comes from outside with an act: the id of the person whose page it was pressed on, and the input. Nothing of it is believed. */
export type Sent = { page: unknown; input: unknown };

/**
 * The one wrapper of server actions: who (from the session, roles from the database), whether it is their page and ever theirs to do, what
 * (the parsed input), when and under which request; then the use case; then its result or the error's sentence. Every action is a public
 * endpoint: nothing here trusts the page.
 */
export async function runAction<Schema extends z.ZodType, T>(
  action: PersonActionId,
  schema: Schema,
  sent: Sent,
  useCase: (ctx: Context, input: z.output<Schema>) => Promise<T>,
  otherwise?: Otherwise,
): Promise<ActionResult<T>> {
  const requestId = newRequestId();
  actBegins();
  try {
    const ctx: Context = { actor: await currentPerson(), now: systemClock(), requestId };
    const subject = subjectOf(action, sent.input);
    await passAsOwner(ctx, action, subject, sent.page, otherwise);
    return { ok: true, data: await useCase(ctx, await readInput(ctx, action, subject, schema, sent)) };
  } catch (error) {
    unstable_rethrow(error);
    const failure = toFailure(error, requestId);
    setResponseStatus(httpStatus[failure.code]);
    return { ok: false, error: failure };
  }
}

/**
 * The door, by a page of one's own: a page stays whose it was drawn for, whoever signs in beside it, and what is pressed there is not done in
 * the name of somebody else. Who may not do it anyway is told both.
 */
async function passAsOwner(
  ctx: Context,
  action: PersonActionId,
  subject: Subject,
  page: unknown,
  otherwise: Otherwise | undefined,
): Promise<void> {
  const other =
    ctx.actor && typeof page === "string" && page !== ctx.actor.id ? await sayOtherPerson(ctx.actor, page) : null;
  await passDoor(ctx, action, subject, otherwise).catch((refused: unknown) => {
    throw other && isCockpitError(refused) ? new CockpitError(refused.code, `${refused.message} ${other}`) : refused;
  });
  if (!other) return;
  await recordRefusals(ctx, [
    {
      refusal: refuse(operatingModel, action, ctx.actor, "It was pressed on a page that was drawn for somebody else."),
      subject,
    },
  ]);
  throw new CockpitError("OTHER_PERSON", other);
}

async function sayOtherPerson({ name }: PersonActor, page: string): Promise<string> {
  const names = z.uuid().safeParse(page).success ? await personNames([page]) : {};
  return `You are signed in as ${name} now; this page was ${names[page] ? `${names[page]}’s` : "somebody else’s"}. Nothing was done. What you typed is kept: copy it, then reload the page.`;
}

async function readInput<Schema extends z.ZodType>(
  ctx: Context,
  action: PersonActionId,
  subject: Subject,
  schema: Schema,
  { page, input }: Sent,
): Promise<z.output<Schema>> {
  try {
    if (page !== ctx.actor?.id) throw new CockpitError("INVALID", "The act does not say whose page it was pressed on.");
    return parseInput(schema, input);
  } catch (error) {
    // Not what was typed: the chain is no place for text that nobody answers for.
    await recordRefusals(ctx, [
      { refusal: refuse(operatingModel, action, ctx.actor, "The input cannot be used."), subject },
    ]);
    throw error;
  }
}

const named = z.object({ id: z.uuid() });

/** What the act is done to, as far as an id can be read before the input is. */
function subjectOf(action: PersonActionId, input: unknown): Subject {
  const kind = action === "override.delegate" ? "delegation" : action.split(".")[0]!;
  return { kind, id: named.safeParse(input).data?.id ?? null };
}
