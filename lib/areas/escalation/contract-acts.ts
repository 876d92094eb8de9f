/** What is asked of many items at once, and of new ones, as it comes from outside. */
import { z } from "zod";
import { outcomes } from "@/lib/areas/escalation/domain/escalation";
import { colleague, targetOf } from "@/lib/kernel/contract";
import { exactName, oneLine, sentence, sentenceIfAny } from "@/lib/kernel/words/text-fields";
import { slaMinutes } from "@/lib/model/limits";
import { severities } from "@/lib/model/severities";
import { limits, mostAtOnce } from "./limits";

const target = targetOf("an escalation");
const lateCause = sentenceIfAny("The cause of the lateness", limits.lateCause);
const note = sentence("The note", limits.note);
const outcome = z.enum(outcomes, "Choose an outcome.");
const targets = z
  .array(z.object(target))
  .min(1, "Select at least one item.")
  .max(mostAtOnce, `Select at most ${mostAtOnce} items.`);

export const bulkActs = ["claim", "assign", "resolve"] as const;

/** One act on many items; each has an outcome of its own. */
export const bulkSchema = z.discriminatedUnion("act", [
  z.object({ act: z.literal("claim"), targets }),
  z.object({ act: z.literal("assign"), targets, toId: colleague }),
  z.object({ act: z.literal("resolve"), targets, outcome, note, lateCause }),
]);
export type BulkInput = z.input<typeof bulkSchema>;

/** How the act ended for one item; `message` is a sentence, `code` the error's when it failed. */
export type BulkOutcome = { id: string; ok: boolean; code: string | null; message: string };

/** An item opened by hand. A policy denial is added to thegent's queue file as thegent's own command would; the others live here. */
export const openSchema = z.discriminatedUnion("path", [
  z.object({
    path: z.literal("policy_denial"),
    subject: exactName("The run", limits.run),
    reason: oneLine("The reason", limits.reason),
    owner: exactName("The owner", limits.owner)
      .nullish()
      .transform((text) => text ?? null),
    lane: exactName("The lane", limits.lane).default("standard"),
    slaMinutes: z.coerce
      .number("The SLA is missing.")
      .int("The SLA must be a whole number of minutes.")
      .min(slaMinutes.least, `The SLA is at least ${slaMinutes.least} minutes.`)
      .max(slaMinutes.most, `The SLA is at most ${slaMinutes.most} minutes.`),
  }),
  z.object({
    path: z.enum(["contract_drift", "integrity", "incident"]),
    subject: oneLine("What it is about", limits.subject),
    reason: oneLine("The reason", limits.reason),
    owner: exactName("The owner", limits.owner)
      .nullish()
      .transform((text) => text ?? null),
    lane: exactName("The lane", limits.lane).default("standard"),
    severity: z
      .enum(severities, "Choose a severity.")
      .nullish()
      .transform((severity) => severity ?? null),
  }),
]);
export type OpenInput = z.input<typeof openSchema>;
