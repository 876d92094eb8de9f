import { type z } from "zod";
import { CockpitError } from "@/lib/kernel/errors";

/** For what no page sends; whatever people can type has a sentence of its own in its schema, which goes first. */
const sayUnreadable: z.core.$ZodErrorMap = ({ path = [] }) =>
  `${path.length ? `“${String(path[0])}” is not what belongs there.` : "What was sent cannot be read."} Reload the page and try again.`;

/** Refuses with INVALID: the first sentence, and one sentence a field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw, { error: sayUnreadable });
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[String(issue.path[0] ?? "form")] ??= issue.message;
  throw new CockpitError("INVALID", Object.values(fields)[0] ?? "That cannot be read.", fields);
}
