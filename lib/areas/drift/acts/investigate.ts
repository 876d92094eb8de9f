import "server-only";
import { decideInvestigate } from "@/lib/areas/drift/domain/review";
import { decideClaim, endingOf } from "@/lib/areas/escalation/port";
import { env } from "@/lib/kernel/env";
import { quietMinutesOf } from "@/lib/model/settings";
import { episodeAct, whenOver } from "./episode-act";

/** "I look into this." Claims its item, or keeps the claim. */
export const investigateEpisode = episodeAct({
  act: "investigate",
  action: "drift.investigate",
  title: "Investigate",
  form: {
    label: "Investigate this episode",
    submit: ["Investigate", "Taking it up…"],
    consequence: "Says that you look into it: its item becomes your claim, and whoever was asked to act knows.",
  },
  done: "You investigate this drift; its item is yours.",
  fits: ({ shown }) => shown.status === "detected" || shown.status === "investigating",
  suits: ({ shown, meId }) => shown.holder?.id !== meId,
  blocked: whenOver,
  does: () => ({
    decide: decideInvestigate,
    onItem: (item, by) => decideClaim(item, { ...by, quietMinutes: quietMinutesOf(env().settings) }),
    says: () => ({}),
    settles: endingOf("claim", null),
  }),
  timeline: () => ({ kind: "claimed", says: "Took the episode up, to investigate it" }),
});
