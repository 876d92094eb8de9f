/** Text that comes from outside. */
import { z } from "zod";
import type { Limit } from "@/lib/kernel/limits";
import { nameProblem, sentenceProblem, trimmed } from "./text";

type Told = { addIssue: (issue: { code: "custom"; message: string }) => void };

const judge = (name: string, limit: Limit) => (text: string, told: Told) => {
  const problem = sentenceProblem(name, text, limit);
  if (problem) told.addIssue({ code: "custom", message: problem });
};

/** Text that people write: trimmed, bounded by what can be read of it, without control characters but line breaks and tabs. */
export const sentence = (name: string, limit: Limit) =>
  z.string(`${name} is missing.`).superRefine(judge(name, limit)).transform(trimmed);

/** The same where it may not be asked for: null where nothing was written. */
export const sentenceIfAny = (name: string, limit: Limit) =>
  z
    .string()
    .nullish()
    .superRefine((text, told) => (text ? judge(name, limit)(text, told) : undefined))
    .transform((text) => (text ? trimmed(text) : null));

export const oneLine = (name: string, limit: Limit) =>
  sentence(name, limit).refine((text) => !/[\n\t]/.test(text), `${name} is one line.`);

/** What identifies somebody or something in thegent: taken as it is or refused, never trimmed into another. */
export const exactName = (name: string, { most: max }: Pick<Limit, "most">) =>
  z.string(`${name} is missing.`).superRefine((text, context) => {
    const problem = nameProblem(name, text, max);
    if (problem) context.addIssue({ code: "custom", message: problem });
  });
