import { episodeActNames } from "@/lib/areas/drift/contract";
import { overrideActNames } from "@/lib/areas/override/contract";
import { itemActNames, type PersonActionId } from "@/lib/model/actions";

type Door = { is: PersonActionId; input?: object };

/** Each act of the build, by the name its page calls it by, as the row of the operating model that it is; acts on one thing, by their names. By hand. */
export const doors: Readonly<Record<string, Door>> = {
  ...Object.fromEntries(
    itemActNames.map((act) => [`actOnEscalation ${act}`, { is: `escalation.${act}` as const, input: { act } }]),
  ),
  // What names no act at all.
  actOnEscalation: { is: "escalation.claim" },
  actOnMany: { is: "escalation.claim" },
  openEscalation: { is: "escalation.open" },
  keepView: { is: "view.keep" },
  dropView: { is: "view.keep" },
  takeDuty: { is: "duty.take" },
  leaveDuty: { is: "duty.leave" },
  // All of one's own, where nothing is said.
  markRead: { is: "inbox.read", input: { id: "none" } },
  setEmailKinds: { is: "inbox.set-email" },
  requestOverride: { is: "override.request" },
  ...Object.fromEntries(
    overrideActNames.map((act) => [
      `actOnOverride ${act}`,
      { is: act === "approve" || act === "deny" ? "override.decide" : (`override.${act}` as const), input: { act } },
    ]),
  ),
  actOnOverride: { is: "override.decide" },
  ...Object.fromEntries(
    episodeActNames.map((act) => [
      `actOnEpisode ${act}`,
      {
        is: act.endsWith("-change")
          ? ("drift.decide-change" as const)
          : act.endsWith("-waiver")
            ? ("drift.decide-waiver" as const)
            : (`drift.${act as "investigate" | "decide" | "finish"}` as const),
        input: { act },
      },
    ]),
  ),
  actOnEpisode: { is: "drift.investigate" },
  delegateDecisions: { is: "override.delegate" },
  withdrawDelegation: { is: "override.delegate" },
  settleFinding: { is: "finding.settle" },
  sweepNow: { is: "drift.sweep" },
};

/** What the build calls them. */
export const doorNames = Object.keys(doors).filter((name) => !name.includes(" "));
