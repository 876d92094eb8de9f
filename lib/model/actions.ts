import type { Activity } from "./matrix";
import type { Duty } from "./roles";

type ActionDefinition = {
  /** The matrix row it belongs to; "path": the row of the item's path. null: no person's right; only the cockpit itself does it. */
  activity: Activity | "path" | null;
  duty: Duty | null;
  /** What it does, as a sentence that starts with a verb. */
  says: string;
  /** It only looks: its grant opens no write. */
  reads?: true;
};

/** Everything the cockpit can do. A right is a row here and a letter in the matrix; nothing else grants or refuses. */
export const actions = {
  "escalation.view": { activity: "escalation", duty: "view", says: "See the escalation queue", reads: true },
  "escalation.open": { activity: "path", duty: "perform", says: "Open an escalation by hand" },
  "escalation.claim": {
    activity: "path",
    duty: "perform",
    says: "Claim an escalation, so that others see who works on it",
  },
  "escalation.assign": { activity: "path", duty: "perform", says: "Give an escalation to a colleague to work on" },
  "escalation.release": { activity: "path", duty: "perform", says: "Give a claimed escalation back to the queue" },
  "escalation.report": { activity: "path", duty: "perform", says: "Record what was found out about an escalation" },
  "escalation.resolve": { activity: "path", duty: "perform", says: "Close an escalation once its cause is gone" },
  "escalation.cancel": { activity: "path", duty: "perform", says: "Cancel an escalation that should not be there" },
  "escalation.reopen": {
    activity: "path",
    duty: "perform",
    says: "Open a closed escalation again, as a new one that names it",
  },
  "escalation.retry": { activity: "path", duty: "perform", says: "Write a decision to thegent again after it failed" },
  "escalation.add-again": {
    activity: "path",
    duty: "perform",
    says: "Add an escalation's record to thegent's queue file again after it vanished",
  },
  "escalation.comment": { activity: "path", duty: "advise", says: "Write a comment on an escalation" },
  "escalation.advise": { activity: "path", duty: "advise", says: "Give recorded advice on an escalation" },
  "escalation.sign-off": { activity: "escalation", duty: "decide", says: "Sign off that an item missed its SLA" },
  "override.view": { activity: "override", duty: "view", says: "See overrides and their history", reads: true },
  "override.export": { activity: "override", duty: "view", says: "Take a list of overrides away as a file" },
  "override.request": { activity: "override", duty: "perform", says: "Ask for an override, with reasons" },
  "override.advise": { activity: "override", duty: "advise", says: "Give recorded advice on a requested override" },
  "override.decide": { activity: "override", duty: "decide", says: "Approve or deny a requested override" },
  "override.withdraw": { activity: "override", duty: "perform", says: "Take back a request of one's own" },
  "override.revoke": { activity: "override", duty: "perform", says: "End an override before its time" },
  "override.delegate": {
    activity: "override",
    duty: "decide",
    says: "Let a person of the backup role decide in one's place, for a time",
  },
  "finding.settle": {
    activity: "override",
    duty: "decide",
    says: "Say that one has looked at what no decision stands behind",
  },
  "view.keep": { activity: "escalation", duty: "view", says: "Keep a view of the queue under a name" },
  "inbox.read": { activity: "escalation", duty: "view", says: "Read one's own notices", reads: true },
  "inbox.set-email": {
    activity: "escalation",
    duty: "view",
    says: "Choose which of one's own notices are also sent as e-mail",
  },
  "duty.view": { activity: "orchestration", duty: "view", says: "See who is on duty", reads: true },
  "duty.take": { activity: "orchestration", duty: "view", says: "Go on duty as a role one holds" },
  "duty.leave": { activity: "orchestration", duty: "view", says: "Go off duty" },
  "operating-model.view": { activity: "policy", duty: "view", says: "See the operating model", reads: true },
  "source.view": {
    activity: "orchestration",
    duty: "view",
    says: "See thegent's files and what could not be read of them",
    reads: true,
  },
  "drift.view": {
    activity: "drift",
    duty: "view",
    says: "See drift, its budgets and how they moved",
    reads: true,
  },
  "drift.sweep": { activity: "drift", duty: "perform", says: "Sweep for drift, budget, past SLA and audit by hand" },
  "drift.investigate": {
    activity: "drift",
    duty: "perform",
    says: "Take up an episode of drift, so that others see who looks into it",
  },
  "drift.decide": { activity: "drift", duty: "decide", says: "Decide what is done about an episode of drift" },
  "drift.finish": {
    activity: "drift",
    duty: "perform",
    says: "Say that the remediation of an episode of drift is done",
  },
  "drift.decide-change": {
    activity: "contracts",
    duty: "decide",
    says: "Approve or decline a change of an adapter that drift asks for",
  },
  "drift.decide-waiver": {
    activity: "policy",
    duty: "decide",
    says: "Approve or decline that drift is accepted for a time",
  },
  "audit.verify": { activity: "audit", duty: "perform", says: "Verify the audit chain", reads: true },
  "escalation.sync": {
    activity: null,
    duty: null,
    says: "Open, change or close escalations as thegent's queue file says",
  },
  "escalation.escalate": { activity: null, duty: null, says: "Do to an item what its clocks ask for" },
  "escalation.take-up": { activity: null, duty: null, says: "Write a decision into thegent's queue file" },
  "escalation.trigger": { activity: null, duty: null, says: "Open an item that no person declared" },
  "override.pass-time": {
    activity: null,
    duty: null,
    says: "Warn of an override's end, end it, and call its deadline",
  },
  "override.sync": {
    activity: null,
    duty: null,
    says: "Find overrides and runs in thegent that no decision here stands behind",
  },
  "drift.recover": { activity: null, duty: null, says: "Close an episode of drift that ended by itself" },
  "drift.run-sweep": {
    activity: null,
    duty: null,
    says: "Ask for a sweep that is due, and record what sweeps found",
  },
  "drift.end-waiver": { activity: null, duty: null, says: "End the time for which drift was accepted" },
  "drift.follow": { activity: null, duty: null, says: "Count what thegent's telemetry tells of drift" },
  "source.register": { activity: null, duty: null, says: "Take a session directory of thegent's as a source" },
  "source.record": {
    activity: null,
    duty: null,
    says: "Record the lines of thegent's files, and how far they were read",
  },
  "notice.deliver": { activity: null, duty: null, says: "Send notices by e-mail and webhook" },
  "person.set-roles": { activity: null, duty: null, says: "Change a person's roles, from the command line" },
  "person.add": { activity: null, duty: null, says: "Add a person, from the command line or a one-time link" },
  "person.invite": { activity: null, duty: null, says: "Make the one-time link with which the first person signs up" },
  "person.disable": { activity: null, duty: null, says: "Keep a person from signing in, from the command line" },
  "person.enable": { activity: null, duty: null, says: "Let a disabled person sign in again, from the command line" },
  "person.set-password": { activity: null, duty: null, says: "Give a person a new password, from the command line" },
  "secret.rotate": { activity: null, duty: null, says: "Change the secret that signs sessions, from the command line" },
  "sample.seed": { activity: null, duty: null, says: "Play a made-up scene on the sample, from the command line" },
  "session.sign-in": { activity: null, duty: null, says: "Sign in" },
  "session.sign-out": { activity: null, duty: null, says: "Sign out" },
  "session.lock-out": {
    activity: null,
    duty: null,
    says: "Look at no more passwords for a while, after too many that were wrong",
  },
  "act.from-elsewhere": {
    activity: null,
    duty: null,
    says: "Send an act from a page that is not this cockpit's; always refused",
  },
} as const satisfies Record<string, ActionDefinition>;

export type ActionId = keyof typeof actions;

/** What everybody does in their own name, whatever roles they hold. */
export type SelfActionId = "session.sign-in" | "session.sign-out";

/** Actions that only the cockpit itself (timers, ingest, command line on the server) performs. */
export type SystemActionId = Exclude<
  { [K in ActionId]: (typeof actions)[K]["activity"] extends null ? K : never }[ActionId],
  SelfActionId
>;
export type PersonActionId = Exclude<ActionId, SystemActionId | SelfActionId>;

/** Actions that only look, and those that do something: every write, and every event that something was done, asks for a grant of the latter. */
export type ViewAction = { [K in ActionId]: (typeof actions)[K] extends { reads: true } ? K : never }[ActionId];
export type WriteAction = Exclude<ActionId, ViewAction>;

/** Actions whose right depends on the path of the item they are done to. */
export type ItemActionId = { [K in ActionId]: (typeof actions)[K]["activity"] extends "path" ? K : never }[ActionId];
export const itemActions = (Object.keys(actions) as ActionId[]).filter(
  (id): id is ItemActionId => actions[id].activity === "path",
);

/** What is done to an item that stands already, and the names of these acts: what an action is called on its items. */
export type ActOnItem = Exclude<ItemActionId, "escalation.open"> | "escalation.sign-off";
type NameOf<A> = A extends `escalation.${infer Name}` ? Name : never;
export type ItemActName = NameOf<ActOnItem>;
export const itemActNames = [...itemActions, "escalation.sign-off" as const].flatMap((action) =>
  action === "escalation.open" ? [] : [action.slice("escalation.".length) as ItemActName],
);
