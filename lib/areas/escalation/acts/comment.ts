import "server-only";
import { decideComment } from "@/lib/areas/escalation/domain/transitions";
import type { Context } from "@/lib/kernel/act/context";
import { env } from "@/lib/kernel/env";
import { quietMinutesOf } from "@/lib/model/settings";
import { changeEscalation, type Target } from "./change-escalations";

type Words = Target & { text: string };

const decide: Parameters<typeof changeEscalation>[3]["decide"] = (item, by) => decideComment(item, { ...by, quietMinutes: quietMinutesOf(env().settings) });

/** A word on an item, kept in the chain for ever; the holder's keeps the claim. */
export const commentEscalation = (ctx: Context, { text, ...target }: Words): Promise<void> => changeEscalation(ctx, "escalation.comment", target, { decide, says: () => ({ text }) });

/** Recorded advice: it answers the consultation of the role that gives it. */
export const adviseEscalation = (ctx: Context, { text, ...target }: Words): Promise<void> =>
  changeEscalation(ctx, "escalation.advise", target, { decide, says: () => ({ text }), settles: "advise" });
