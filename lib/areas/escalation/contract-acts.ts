/** What is asked of many items at once, and how it ended; and what is asked for a new one, as it comes from outside. */
import { z } from "zod";
import type { BulkAct } from "@/lib/areas/escalation/domain/stays";
import { exactName, oneLine } from "@/lib/kernel/words/text-fields";
import { slaMinutes } from "@/lib/model/limits";
import { severities } from "@/lib/model/severities";
import { limits } from "./limits";

/** One act on many items: which, on what as it was looked at, and what its form asked for; it is read by the act's own fields. */
export type BulkInput = { act: BulkAct; targets: { id: string; version: number }[]; [field: string]: unknown };

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
