import "server-only";
import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import { whyNoOverride, holdEscalation } from "@/lib/areas/escalation/port";
import type { requestOverrideSchema } from "@/lib/areas/override/contract";
import { isSameOwner } from "@/lib/areas/override/domain/owner";
import { whyNotRenewed } from "@/lib/areas/override/domain/rights";
import { requestedTell } from "@/lib/areas/override/domain/tells";
import { decideRequest } from "@/lib/areas/override/domain/transitions";
import type { StoredOverride } from "@/lib/areas/override/read/item";
import { holdOverride, insertOverride } from "@/lib/areas/override/store/writes";
import { sayOverrideRejection } from "@/lib/areas/override/words";
import { authorise, doneEvent } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction, type Tx } from "@/lib/kernel/db/client";
import { currentSourceId } from "@/lib/kernel/db/current-source";
import { env } from "@/lib/kernel/env";
import { CockpitError } from "@/lib/kernel/errors";
import { consultMinutesOf, slaMinutesOf, ttlSecondsOf, warnMinutesOf } from "@/lib/model/settings";
import { tellOfOverride } from "./tell";

type Input = z.output<typeof requestOverrideSchema>;
type About = { owner: string; escalationId: string | null; decideBy: Date; previousId: string | null };

/** Asks for an override: from an escalation, for an owner directly, or again for one that was in force. The consultation opens with it. */
export async function requestOverride(ctx: Context, input: Input): Promise<{ id: string }> {
  const grant = await authorise(ctx, "override.request", { kind: "override", id: null });
  const { settings } = env();
  const id = uuidv7({ msecs: ctx.now.getTime() });
  await inTransaction(async (tx) => {
    const about = await aboutOf(tx, input, new Date(ctx.now.getTime() + slaMinutesOf(settings) * 60_000), ctx.now);
    const { justification, ticket, seconds } = input;
    const transition = decideRequest(
      { id, ...about, justification, ticket, seconds, requestedById: grant.actor.id },
      {
        ttlSeconds: ttlSecondsOf(settings),
        consultMinutes: consultMinutesOf(settings),
        warnMinutes: warnMinutesOf(settings),
        now: ctx.now,
      },
    );
    if (!transition.ok)
      throw new CockpitError("REJECTED", sayOverrideRejection(transition.rejection, {}), {
        [transition.rejection.why === "bad-validity" ? "seconds" : "justification"]: sayOverrideRejection(
          transition.rejection,
          {},
        ),
      });
    const sourceId = await currentSourceId(tx);
    if (!(await insertOverride(tx, grant, sourceId, transition.next)))
      throw new CockpitError(
        "CONFLICT",
        `A request for ${about.owner} about the same run waits for a decision already.`,
      );
    await tellOfOverride(tx, grant, { id, sourceId }, transition.next, [requestedTell], ctx.now);
    const { owner, escalationId, previousId } = about;
    await appendAudit(
      tx,
      doneEvent(grant, ctx, { kind: "override", id }, null, {
        status: "requested",
        owner,
        escalationId,
        previousId,
        justification,
        ticket,
        seconds,
      }),
    );
  });
  return { id };
}

/** Whose override it is and by when it is to be decided: an open escalation's own deadline, while that lies ahead. What that is read from holds until the request is written. */
async function aboutOf(tx: Tx, { escalationId, owner, previousId }: Input, deadline: Date, now: Date): Promise<About> {
  const old = previousId ? await getRenewable(tx, previousId) : null;
  if (!escalationId) return { owner: old?.owner ?? owner!, escalationId: null, decideBy: deadline, previousId };
  const item = await holdEscalation(tx, escalationId);
  if (!item) throw new CockpitError("NOT_FOUND", "There is no such escalation.");
  const why = whyNoOverride(item);
  if (why) throw new CockpitError("REJECTED", why);
  if (old && !isSameOwner(item.owner, old.owner))
    throw new CockpitError("REJECTED", "A renewal is for the same owner; this item is of another one.");
  return { owner: item.owner!, escalationId, decideBy: item.dueAt > now ? item.dueAt : deadline, previousId };
}

async function getRenewable(tx: Tx, id: string): Promise<StoredOverride> {
  const old = await holdOverride(tx, id);
  if (!old) throw new CockpitError("NOT_FOUND", "There is no such override.");
  const because = whyNotRenewed(old.status);
  if (because) throw new CockpitError("REJECTED", because);
  return old;
}
