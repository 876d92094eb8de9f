import "server-only";
import { windowSeconds, type Counter } from "@/lib/areas/person/domain/limit";
import { coarseNetworkOf } from "@/lib/areas/person/domain/network";
import { mayTell } from "@/lib/areas/person/sign-in/sign-in-limit";
import type { Credentials } from "@/lib/areas/person/store/people";
import { doneEvent, refusedEvent } from "@/lib/kernel/act/authorise";
import type { DoneEvent, RefusedEvent } from "@/lib/kernel/chain/act-event";
import { appendAuditAll } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";
import { grantSystem, refuseStranger } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";

type When = { now: Date; requestId: string };
type Failure = {
  person: Credentials | null;
  address: string;
  /** The counters that are full by it. */ fills: readonly Counter[];
};

/**
 * The chain's events of a sign-in that failed, and of the lock-out that it brought about. Never what was typed: neither the password
 * nor an address that is nobody's. Of each person, and of all that is nobody's together, only so much is told in a window.
 */
export async function tellOfFailure(when: When, { person, address, fills }: Failure): Promise<void> {
  const subject = { kind: "person", id: person?.id ?? null };
  const from = coarseNetworkOf(address);
  const because = !person
    ? "Nobody here has that e-mail address."
    : person.disabledAt
      ? `${person.name} is disabled.`
      : "The password is wrong.";
  const refusal = refuseStranger(operatingModel, "session.sign-in", because);
  const failed = await bounded(["sign-in", subject.id ?? "nobody"], { from }, (after) =>
    refusedEvent(when, { refusal, subject, after }),
  );
  const until = new Date(when.now.getTime() + windowSeconds * 1000).toISOString();
  const grant = grantSystem(operatingModel, "session.lock-out", "sign-in");
  const locked = await Promise.all(
    fills.map((counter) =>
      bounded(["lock-out", subject.id ?? "nobody"], { full: counter, from, atMostUntil: until }, (after) =>
        doneEvent(grant, when, subject, null, after),
      ),
    ),
  );
  await append([...failed, ...locked.flat()]);
}

/** The chain's event of a one-time link that did not work. */
export async function tellOfLink(when: When, because: string, address: string): Promise<void> {
  const from = coarseNetworkOf(address);
  const refusal = refuseStranger(operatingModel, "person.add", because);
  await append(
    await bounded(["link"], { from }, (after) =>
      refusedEvent(when, { refusal, subject: { kind: "person", id: null }, after }),
    ),
  );
}

type Told = DoneEvent<"session.lock-out"> | RefusedEvent;
/** Said by the last event of a while, of the others that are not told. */
type AndMore = { more?: string };

/** The event, while there may be one; the last says that others are not told. */
async function bounded<After extends object>(
  about: string[],
  after: After,
  make: (after: After & AndMore) => Told,
): Promise<Told[]> {
  const may = await mayTell(...about);
  return may === "no" ? [] : [make(may === "last" ? { ...after, more: "not told for the next 15 minutes" } : after)];
}

const append = (events: Told[]): Promise<void> | undefined =>
  events.length ? inTransaction((tx) => appendAuditAll(tx, events)) : undefined;
