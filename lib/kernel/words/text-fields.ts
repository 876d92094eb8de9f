/** Text that comes from outside. */
import { z } from "zod";
import type { Limit } from "@/lib/kernel/limits";
import { nameProblem, readableLength, readableOf } from "./text";

const isUnreadable = (text: string): boolean => text !== "" && readableOf(text) === "";

/** Text that people write: trimmed, bounded by what can be read of it, without control characters but line breaks and tabs. */
export const sentence = (name: string, { least: min, most: max }: Limit) =>
  z
    .string(`${name} is missing.`)
    .transform((text) => text.replace(/\r\n?/g, "\n").trim())
    .pipe(
      z
        .string()
        .refine((text) => !isUnreadable(text), `${name} shows nothing that can be read.`)
        .refine((text) => isUnreadable(text) || readableLength(text) >= min, min > 1 ? `${name} needs at least ${min} characters.` : `${name} is missing.`)
        .max(max, `${name} has more than ${max} characters.`)
        .refine((text) => !/[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff]/u.test(text), `${name} holds a character that cannot be kept.`),
    );

export const oneLine = (name: string, limit: Limit) => sentence(name, limit).refine((text) => !/[\n\t]/.test(text), `${name} is one line.`);

/** What identifies somebody or something in thegent: taken as it is or refused, never trimmed into another. */
export const exactName = (name: string, { most: max }: Pick<Limit, "most">) =>
  z.string(`${name} is missing.`).superRefine((text, context) => {
    const problem = nameProblem(name, text, max);
    if (problem) context.addIssue({ code: "custom", message: problem });
  });
