import type { Activity } from "./matrix";
import type { Duty } from "./roles";

type ActionDefinition = {
  /** null: no person's right; only the cockpit itself does it. */
  activity: Activity | null;
  duty: Duty | null;
  /** What it does, as a sentence that starts with a verb. */
  says: string;
};

/** Everything the cockpit can do. A right is a row here and a letter in the matrix; nothing else grants or refuses. */
export const actions = {
  "escalation.view": { activity: "escalation", duty: "view", says: "See the escalation queue" },
  "escalation.claim": { activity: "escalation", duty: "perform", says: "Claim an escalation, so that others see who works on it" },
  "escalation.release": { activity: "escalation", duty: "perform", says: "Give a claimed escalation back to the queue" },
  "escalation.resolve": { activity: "escalation", duty: "perform", says: "Close an escalation once its cause is gone" },
  "escalation.retry": { activity: "escalation", duty: "perform", says: "Write a decision to thegent again after it failed" },
  "escalation.sign-off": { activity: "escalation", duty: "decide", says: "Sign off that an item passed its SLA" },
  "operating-model.view": { activity: "policy", duty: "view", says: "See the operating model" },
  "source.view": { activity: "orchestration", duty: "view", says: "See thegent's files and what could not be read of them" },
  "audit.verify": { activity: "audit", duty: "perform", says: "Verify the audit chain" },
  "escalation.sync": { activity: null, duty: null, says: "Open, change or close escalations as thegent's queue file says" },
  "escalation.escalate": { activity: null, duty: null, says: "Raise an item that passed its SLA to the Product Owner" },
  "escalation.take-up": { activity: null, duty: null, says: "Write a decision into thegent's queue file" },
  "person.set-roles": { activity: null, duty: null, says: "Change a person's roles, from the command line" },
  "person.add": { activity: null, duty: null, says: "Add a person, from the command line or a one-time link" },
} as const satisfies Record<string, ActionDefinition>;

export type ActionId = keyof typeof actions;

/** Actions that only the cockpit itself (timers, ingest, command line on the server) performs. */
export type SystemActionId = { [K in ActionId]: (typeof actions)[K]["activity"] extends null ? K : never }[ActionId];
export type PersonActionId = Exclude<ActionId, SystemActionId>;
