import { z } from "zod";
import { limits, longestEmail } from "./limits";

/** The same letters may come in several spellings; they count, and are kept, in one. */
export const passwordSchema = z
  .string("The password is missing.")
  .normalize("NFKC")
  .min(limits.password.least, `The password needs at least ${limits.password.least} characters.`)
  .max(limits.password.most, `The password has more than ${limits.password.most} characters.`);

/** What a new person gives; the same rules at the one-time link and at the command line. */
export const personSchema = z.object({
  email: z
    .string("The e-mail address is missing.")
    .trim()
    .toLowerCase()
    .max(longestEmail, `The e-mail address has more than ${longestEmail} characters.`)
    .pipe(z.email("That is not an e-mail address.")),
  name: z
    .string("The name is missing.")
    .trim()
    .min(limits.name.least, "The name is missing.")
    .max(limits.name.most, `The name has more than ${limits.name.most} characters.`)
    .refine((name) => !/\p{Cc}/u.test(name), "The name holds a control character."),
  password: passwordSchema,
});

export const signUpSchema = personSchema.extend({
  token: z.string("The link is incomplete.").min(20, "The link is incomplete.").max(100, "The link is incomplete."),
});
