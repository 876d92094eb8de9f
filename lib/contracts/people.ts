import { z } from "zod";

/** The same letters may come in several spellings; they count, and are kept, in one. */
export const passwordSchema = z
  .string("The password is missing.")
  .normalize("NFKC")
  .min(12, "The password needs at least 12 characters.")
  .max(200, "The password has more than 200 characters.");

/** What a new person gives; the same rules at the one-time link and at the command line. */
export const personSchema = z.object({
  email: z.string("The e-mail address is missing.").trim().toLowerCase().max(254, "The e-mail address has more than 254 characters.").pipe(z.email("That is not an e-mail address.")),
  name: z
    .string("The name is missing.")
    .trim()
    .min(1, "The name is missing.")
    .max(100, "The name has more than 100 characters.")
    .refine((name) => !/\p{Cc}/u.test(name), "The name holds a control character."),
  password: passwordSchema,
});

export const signUpSchema = personSchema.extend({ token: z.string("The link is incomplete.").min(20, "The link is incomplete.").max(100, "The link is incomplete.") });
export type SignUpInput = z.input<typeof signUpSchema>;
