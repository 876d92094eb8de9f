import type { FieldSpec, FormSpec } from "@/lib/kernel/act/view";
import { isHungIn, type ActView } from "@/lib/kernel/act/view";

/** What a person would send of a form as the server shows it: of a choice the first, of a text no more than it asks for. */
function filledIn(form: FormSpec): Record<string, string | boolean> {
  return Object.fromEntries(form.fields.map((field) => [field.name, sentOf(field)]));
}

function sentOf(field: FieldSpec): string | boolean {
  if (field.kind === "check") return false;
  return field.kind === "text" ? "Tried. ".repeat(field.limit.least).trim() : field.options[0]!.value;
}

/** The form of an act as it is offered; nothing to fill in where it has none. */
export const inputFor = (act: ActView | undefined): Record<string, string | boolean> =>
  act?.allowed && act.form && !isHungIn(act.form) ? filledIn(act.form) : {};
