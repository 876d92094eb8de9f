/**
 * What must not compile, held by `npm run typecheck`: each `@ts-expect-error` stands over a trespass, and where one compiles after all, that is an
 * error. Each has a twin that compiles. Nothing here runs.
 */
import type { Planned } from "@/lib/areas/escalation/acts/change-escalations";
import { openItems } from "@/lib/areas/escalation/acts/open-items";
import type { Escalation } from "@/lib/areas/escalation/domain/escalation";
import type { Item } from "@/lib/areas/escalation/read/item";
import { announceRuns } from "@/lib/areas/escalation/store/announce-runs";
import { saveItems, setClocks } from "@/lib/areas/escalation/store/writes";
import { changeOverrides } from "@/lib/areas/override/acts/change-override";
import type { StoredOverride } from "@/lib/areas/override/read/item";
import { insertOverride, saveOverrides } from "@/lib/areas/override/store/writes";
import { insertPerson } from "@/lib/areas/person/store/people";
import {
  dropQuarantine,
  dropRecords,
  insertQuarantine,
  insertRecords,
  moveRecords,
  quarantineRuns,
} from "@/lib/areas/source/store/records";
import { registerSource } from "@/lib/areas/source/store/registration";
import { advanceFile, noteGone, noteLook, type FileProgress, type FileRow } from "@/lib/areas/source/store/sources";
import type { DoneEvent } from "@/lib/kernel/chain/act-event";
import { appendAudit } from "@/lib/kernel/chain/audit";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import type { Tx } from "@/lib/kernel/db/client";
import { addEffects, markApplied, retryEffect } from "@/lib/kernel/effect/effects";
import { scheduleClocks, scheduleDelivery } from "@/lib/kernel/effect/outbox";
import type { About } from "@/lib/kernel/notice/decide-notices";
import { addNotices, endNotices } from "@/lib/kernel/notice/notices";
import type { Change } from "@/lib/kernel/subject/apply-changes";
import type { ActionId, ViewAction, WriteAction } from "@/lib/model/actions";
import {
  decide,
  grantSelf,
  refuse,
  type Decision,
  type Grant,
  type PersonActor,
  type Refusal,
} from "@/lib/model/decide";
import { grantSystem, refuseStranger } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { authorise, authoriseRead, doneEvent, refusedEvent } from "./authorise";
import type { Context } from "./context";
import type {
  ChangingAction,
  ChangingOverride,
  DeliveringAction,
  EffectAction,
  OpeningAction,
  TellingAction,
} from "./doors";

declare const tx: Tx;
declare const now: Date;
declare const ctx: Context;
declare const person: PersonActor;
declare const change: Change<Item, Escalation>;
declare const about: About;
declare const override: StoredOverride;
declare const file: FileRow;
declare const progress: FileProgress;
declare const stored: AuditEvent;

declare const view: Grant<"escalation.view">;
declare const exported: Grant<"override.export">;
declare const claim: Grant<"escalation.claim">;
declare const resolve: Grant<"escalation.resolve">;
declare const retry: Grant<"escalation.retry">;
declare const request: Grant<"override.request">;
declare const record: Grant<"source.record">;
declare const sync: Grant<"escalation.sync">;
declare const takeUp: Grant<"escalation.take-up">;
declare const viewOrClaim: Grant<"escalation.view" | "escalation.claim">;
declare const whatever: Grant;
declare const refusal: Refusal<"escalation.claim">;

const subject = { kind: "escalation", id: null };
const done = { at: now, requestId: "r", subject, before: null, after: null };
const planned = { change, about, tells: [], heard: [], settles: null };

export const aForgottenCheckDoesNotCompile = [
  () => saveItems(tx, claim, [change]),
  // @ts-expect-error
  () => saveItems(tx, [change]),
  () => advanceFile(tx, record, file, progress, false, now),
  // @ts-expect-error
  () => advanceFile(tx, file, progress, false, now),
  () => dropRecords(tx, record, [], now),
  // @ts-expect-error
  () => dropRecords(tx, [], now),
  // @ts-expect-error
  () => insertRecords(tx, "", [], now),
  // @ts-expect-error
  () => noteGone("", [], now),
  // @ts-expect-error
  () => registerSource("", false, now),
  // @ts-expect-error
  () => scheduleDelivery(tx, ""),
  // A decision is not its grant: what it says must be looked at.
  // @ts-expect-error
  () => saveItems(tx, decide(operatingModel, "escalation.claim", person, "policy_denial"), []),
  // @ts-expect-error
  () => saveItems(tx, decide(operatingModel, "escalation.claim", person, "policy_denial").grant, []),
  (decision: Decision<"escalation.claim">) => decision.allowed && saveItems(tx, decision.grant, []),
];

export const aGrantForAnotherActionDoesNotCompile = [
  () => retryEffect(tx, retry, ""),
  // @ts-expect-error
  () => retryEffect(tx, resolve, ""),
  () => insertOverride(tx, request, "", override),
  // @ts-expect-error
  () => insertOverride(tx, claim, "", override),
  // @ts-expect-error
  () => saveOverrides(tx, request, []),
  // @ts-expect-error
  () => saveOverrides(tx, claim, []),
  // @ts-expect-error
  () => saveItems(tx, request, []),
  // @ts-expect-error
  () => saveItems(tx, sync, []),
  () => addEffects(tx, resolve, [], now),
  // @ts-expect-error
  () => addEffects(tx, claim, [], now),
  // @ts-expect-error
  () => markApplied(tx, resolve, "", [], now),
  () => scheduleDelivery(tx, takeUp, ""),
  // @ts-expect-error
  () => scheduleDelivery(tx, claim, ""),
  // @ts-expect-error
  () => scheduleClocks(tx, takeUp, "", "escalation", []),
  // @ts-expect-error
  () => setClocks(tx, request, []),
  // @ts-expect-error
  () => scheduleClocks(tx, claim, "", "override", []),
  // @ts-expect-error
  () => openItems(tx, claim, "", [], now),
  // @ts-expect-error
  () => announceRuns(tx, sync, "", []),
  // @ts-expect-error
  () => insertQuarantine(tx, sync, "", [], now),
  // @ts-expect-error
  () => quarantineRuns(tx, claim, "", [], now),
  // @ts-expect-error
  () => moveRecords(tx, takeUp, []),
  // @ts-expect-error
  () => registerSource(record, "", false, now),
  // @ts-expect-error
  () => changeOverrides(ctx, request.action, null!, [], null!),
  // @ts-expect-error
  (): Grant<"escalation.resolve"> => claim,
  // @ts-expect-error
  (): Grant<"escalation.claim"> => whatever,
  (): Grant<"escalation.claim" | "escalation.resolve"> => claim,
];

export const aGrantForReadingDoesNotCompile = [
  // @ts-expect-error
  () => saveItems(tx, view, []),
  // @ts-expect-error
  () => saveItems(tx, viewOrClaim, []),
  // @ts-expect-error
  () => saveItems<"escalation.view">(tx, view, []),
  // @ts-expect-error
  () => saveItems(tx, whatever, []),
  // @ts-expect-error
  () => saveOverrides(tx, view, []),
  // @ts-expect-error
  () => saveOverrides(tx, exported, []),
  () => addNotices(tx, claim, "", [], now),
  // @ts-expect-error
  () => addNotices(tx, view, "", [], now),
  // @ts-expect-error
  () => addNotices(tx, exported, "", [], now),
  // @ts-expect-error
  () => addNotices(tx, whatever, "", [], now),
  () => endNotices(tx, sync, [], now),
  // @ts-expect-error
  () => endNotices(tx, view, [], now),
  // @ts-expect-error
  () => dropQuarantine(tx, view, "", now),
  // @ts-expect-error
  () => noteLook(view, file, { size: 0, mtimeMs: 0 }, now),
  // Nor is a grant for writing had by the way of reading, where a refusal is no event; nor the other way about.
  () => authoriseRead(ctx, "escalation.view"),
  // @ts-expect-error
  () => authoriseRead(ctx, "escalation.sign-off"),
  () => authorise(ctx, "escalation.sign-off", subject),
  // @ts-expect-error
  () => authorise(ctx, "escalation.view", subject),
];

/** No set of acts that share a write holds one that only looks, or all of them: a new one that would does not compile. */
type Doors = ChangingAction | ChangingOverride | DeliveringAction | EffectAction | OpeningAction | TellingAction;
export const noDoorOpensForALook: [Extract<Doors, ViewAction>, Extract<WriteAction, ViewAction>] extends [never, never]
  ? true
  : never = true;
export const everyActionLooksOrWrites: Exclude<ActionId, ViewAction | WriteAction> extends never ? true : never = true;

export const aDoneEventOfAnothersGrantDoesNotCompile = [
  () => appendAudit(tx, doneEvent(claim, ctx, subject, null, null)),
  () => appendAudit(tx, refusedEvent(ctx, { refusal, subject })),
  // @ts-expect-error
  () => appendAudit(tx, stored),
  // @ts-expect-error
  () => appendAudit(tx, done),
  // @ts-expect-error
  () => appendAudit(tx, { ...done, action: "escalation.claim", actor: person, outcome: "done" }),
  // @ts-expect-error
  () => doneEvent(view, ctx, subject, null, null),
  // @ts-expect-error
  () => doneEvent(refusal, ctx, subject, null, null),
  // @ts-expect-error
  () => appendAudit(tx, { ...done, grant: whatever }),
  // @ts-expect-error
  (): DoneEvent<"escalation.claim"> => doneEvent(resolve, ctx, subject, null, null),
  // @ts-expect-error
  (): DoneEvent<"escalation.claim"> => ({ ...doneEvent(claim, ctx, subject, null, null), grant: resolve }),
  (): Planned<"escalation.claim"> => ({
    ...planned,
    grant: claim,
    events: [doneEvent(claim, ctx, subject, null, null)],
  }),
  (): Planned<"escalation.claim"> => ({
    ...planned,
    grant: claim,
    // @ts-expect-error
    events: [doneEvent(resolve, ctx, subject, null, null)],
  }),
  // A refused attempt is told of by its refusal: neither by a grant, nor by a sentence.
  // @ts-expect-error
  () => refusedEvent(ctx, { refusal: claim, subject }),
  () =>
    refusedEvent(ctx, {
      // @ts-expect-error
      refusal: { allowed: false, action: "escalation.claim", actor: person, because: "", whoCan: [], modelVersion: "" },
      subject,
    }),
  // @ts-expect-error
  () => refusedEvent(ctx, { refusal: { ...refusal, actor: person }, subject }),
];

export const aSelfMadeGrantDoesNotCompile = [
  // @ts-expect-error
  (): Grant<"escalation.claim"> => ({
    action: "escalation.claim",
    actor: person,
    role: "operator",
    letter: "R",
    modelVersion: "",
  }),
  // @ts-expect-error
  (): Grant<"escalation.claim"> => ({ ...claim, actor: person }),
  // @ts-expect-error
  (): Grant<"escalation.resolve"> => ({ ...claim, action: "escalation.resolve" }),
  // @ts-expect-error
  (): Grant<"escalation.claim"> => ({ ...resolve, action: "escalation.claim" }),
  // @ts-expect-error
  () => insertPerson(tx, { action: "person.add" }, { email: "", name: "", passwordHash: "", roles: [] }, now),
];

export const aGrantOfTheCockpitForAPersonsActDoesNotCompile = [
  () => grantSystem(operatingModel, "escalation.sync", "The cockpit"),
  // @ts-expect-error
  () => grantSystem(operatingModel, "escalation.resolve", "The cockpit"),
  // @ts-expect-error
  () => grantSystem(operatingModel, "override.decide", "The cockpit"),
  // @ts-expect-error
  () => grantSystem(operatingModel, "escalation.view", "The cockpit"),
  // @ts-expect-error
  () => grantSystem(operatingModel, "session.sign-in", "The cockpit"),
  () => grantSelf(operatingModel, "session.sign-in", person),
  // @ts-expect-error
  () => grantSelf(operatingModel, "session.lock-out", person),
  // @ts-expect-error
  () => decide(operatingModel, "escalation.sync", person),
  // @ts-expect-error
  () => decide(operatingModel, "session.sign-in", person),
  // @ts-expect-error
  () => refuse(operatingModel, "escalation.sync", person, ""),
  // @ts-expect-error
  () => refuseStranger(operatingModel, "escalation.resolve", ""),
];
