import "server-only";
import { whyNoAdvice } from "@/lib/areas/override/domain/rights";
import { endings } from "@/lib/areas/override/domain/tells";
import { decideAdvice } from "@/lib/areas/override/domain/transitions";
import { limits } from "@/lib/areas/override/limits";
import { textOf } from "@/lib/kernel/chain/timeline";
import { operatingModel } from "@/lib/model/model";
import { choice, inOwnName, isRequest, overrideAct, text, whenDecided } from "./override-act";

/** Recorded advice for or against, which answers the consultation; only a consulted role is asked for it. */
export const adviseOverride = overrideAct({
  act: "advise",
  action: "override.advise",
  title: "Advise",
  right: "advise",
  fields: {
    inFavour: choice({
      values: ["for", "against"],
      label: "Advice",
      missing: "Say for or against.",
      options: () => ({
        for: { name: "For", says: "It may be approved." },
        against: { name: "Against", says: "It should not be approved as it is." },
      }),
    }),
    text: text({ called: "The advice", limit: limits.advice, label: "In words", rows: 3 }),
  },
  form: {
    label: "Advise on this override",
    submit: ["Give this advice", "Giving…"],
    consequence: ({ shown }) =>
      `Stays with the request as the advice of your role${shown.advice ? ", in place of what was advised before" : ""}. It decides nothing; the Product Owner sees it before deciding.`,
  },
  done: "Your advice is given.",
  fits: isRequest,
  blocked: whenDecided,
  by: async (...who) => {
    const by = await inOwnName("override.advise")(...who);
    const because = "because" in by ? null : whyNoAdvice(by.grant.letter, operatingModel);
    return because ? { because } : by;
  },
  does: ({ inFavour, text: words }) => ({
    decide: (override, { personId, now }) =>
      decideAdvice(override, { personId, now, text: words, inFavour: inFavour === "for" }),
    says: () => ({ inFavour: inFavour === "for", text: words }),
    settles: endings.advice,
  }),
  timeline: (after) => ({
    kind: "advised",
    says: after.inFavour === true ? "Advised for it" : "Advised against it",
    text: textOf(after.text),
  }),
});
