import "server-only";
import { endings } from "@/lib/areas/override/domain/tells";
import { decideWithdrawal } from "@/lib/areas/override/domain/transitions";
import { isRequest, overrideAct, whenDecided } from "./override-act";

/** Takes a request of one's own back. */
export const withdrawOverride = overrideAct({
  act: "withdraw",
  action: "override.withdraw",
  title: "Withdraw",
  right: "withdraw",
  form: {
    label: "Withdraw this request",
    submit: ["Withdraw the request", "Withdrawing…"],
    consequence: "Takes your request back: nobody is to decide it any more, and nothing passes.",
  },
  fits: isRequest,
  blocked: whenDecided,
  does: () => ({ keepsContent: true, decide: decideWithdrawal, settles: endings.end }),
  timeline: () => ({ kind: "withdrawn", says: "Took the request back" }),
});
