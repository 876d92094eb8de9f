import { z } from "zod";
import { oneLine } from "@/lib/kernel/words/text-fields";
import { limits } from "./limits";

/** A view of the queue under a name. `query`: what the address of the queue says behind its question mark. */
export const keepViewSchema = z.object({
  name: oneLine("The name", limits.viewName),
  query: z.string("The view is missing.").max(2000, "The view is too long."),
  shared: z.boolean().default(false),
});
export type KeepViewInput = z.input<typeof keepViewSchema>;
export const dropViewSchema = z.object({ id: z.uuid("That is not the id of a view.") });

export type SavedView = { id: string; name: string; query: string; shared: boolean; mine: boolean; by: string };
