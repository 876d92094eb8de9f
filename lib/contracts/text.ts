/** Text that comes from outside. */
import { z } from "zod";

/** Text that people write: trimmed, bounded, without control characters but line breaks and tabs. */
export const sentence = (name: string, min: number, max: number) =>
  z
    .string(`${name} is missing.`)
    .transform((text) => text.replace(/\r\n?/g, "\n").trim())
    .pipe(
      z
        .string()
        .min(min, min > 1 ? `${name} needs at least ${min} characters.` : `${name} is missing.`)
        .max(max, `${name} has more than ${max} characters.`)
        .refine((text) => !/[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff]/u.test(text), `${name} holds a character that cannot be kept.`),
    );

export const oneLine = (name: string, min: number, max: number) => sentence(name, min, max).refine((text) => !/[\n\t]/.test(text), `${name} is one line.`);
