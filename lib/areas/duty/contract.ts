import { z } from "zod";
import type { Instant, PersonRef } from "@/lib/kernel/contract";
import { roles, type Role } from "@/lib/model/roles";

/** On duty as a role: take it, from whom the person saw on duty if anybody. */
export const dutySchema = z.object({
  role: z.enum(roles, "Choose a role."),
  from: z
    .uuid()
    .nullish()
    .transform((id) => id ?? null),
});
export type DutyInput = z.input<typeof dutySchema>;

/** Who is on duty as what. */
export type DutyView = { role: Role; person: PersonRef | null; since: Instant | null; holders: PersonRef[] }[];
