"use client";

import { ActForm } from "@/components/act/act-form";
import { useActForm } from "@/components/act/use-act-form";
import { SelectField } from "@/components/ui/field";
import type { FormProps } from "./form-props";
import { useAct } from "./use-act";

/** Gives the item to a colleague, or takes it over. */
export function AssignForm({ detail, me, fields, onFields, blocked, onDone, actions }: FormProps) {
  const others = detail.assignable.filter(({ id }) => id !== detail.claimedBy?.id);
  const chosen = others.find(({ id }) => id === fields.toId);
  const act = useAct();
  const form = useActForm({
    judge: () => ({ toId: chosen ? undefined : "Choose a colleague." }),
    send: () => act(detail.id, () => actions.assign({ id: detail.id, version: detail.version, toId: chosen!.id })),
    onDone,
  });
  const from = detail.claimedBy && (detail.claimedBy.id === me.id ? "Your claim ends." : `The claim of ${detail.claimedBy.name} ends.`);
  const whom = chosen ? (chosen.id === me.id ? "You hold the item then" : `${chosen.name} holds the item then, and is told`) : "Whoever you choose holds the item then, and is told";
  return (
    <ActForm name="Assign this item" form={form} blocked={blocked} consequence={[`${whom}.`, from].filter(Boolean).join(" ")} submit={["Assign", "Assigning…"]}>
      <SelectField
        id="assign-toId"
        name="toId"
        label="To"
        value={chosen?.id ?? ""}
        error={form.problems.toId}
        onChange={(event) => {
          onFields({ toId: event.target.value });
          form.changed();
        }}
      >
        <option value="">Choose a colleague</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {id === me.id ? `${name} (you)` : name}
          </option>
        ))}
      </SelectField>
    </ActForm>
  );
}
