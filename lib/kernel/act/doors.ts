/**
 * Which acts come through the writes that serve several of them. A write of one act names it itself. None of these sets holds an action that only
 * looks, nor an act that has no business there.
 */
import type { ItemActionId, WriteAction } from "@/lib/model/actions";

/** Acts that open an item. */
export type OpeningAction = "escalation.open" | "escalation.reopen" | "escalation.sync" | "escalation.trigger";

/** Acts that change an item that stands already. A retry changes nothing of it but its effect. */
export type ChangingAction =
  | Exclude<ItemActionId & WriteAction, OpeningAction | "escalation.retry">
  | "escalation.sign-off"
  | "escalation.escalate"
  | "override.decide"
  | "drift.recover"
  | ReviewingAction;

/** Acts of people that change an episode of drift, and its item with it. */
export type ReviewingAction =
  "drift.investigate" | "drift.decide" | "drift.finish" | "drift.decide-change" | "drift.decide-waiver";

/** Acts that change an override that was asked for already. */
export type ChangingOverride =
  | "override.advise"
  | "override.decide"
  | "override.withdraw"
  | "override.revoke"
  | "override.pass-time"
  | "escalation.take-up";

/** Acts that people are told of, or that settle what they were told. */
export type TellingAction =
  OpeningAction | ChangingAction | Exclude<ChangingOverride, "escalation.take-up"> | "override.request";

/** Acts that thegent must take up. */
export type EffectAction =
  | "escalation.resolve"
  | "escalation.cancel"
  | "escalation.open"
  | "escalation.reopen"
  | "escalation.add-again"
  | "override.decide"
  | "override.revoke";

/** Acts after which effects wait to be carried: made by them, or found again. */
export type DeliveringAction =
  EffectAction | "escalation.retry" | "escalation.sync" | "override.sync" | "escalation.take-up";

/** Acts after which areas look at what they watch. */
export type WatchedAction = "drift.follow";

/** Acts by which a sweep is asked for: by a person, or because it is due. */
export type SweepingAction = "drift.sweep" | "drift.run-sweep";

type ClockActions = { escalation: ChangingAction | OpeningAction; override: ChangingOverride | "override.request" };

/** What has clocks. */
export type SubjectKind = keyof ClockActions;

/** Acts that set the clock of a subject of this kind. */
export type ClockAction<K extends SubjectKind> = ClockActions[K];
