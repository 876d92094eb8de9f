"use client";

import { ActForm } from "@/components/act/act-form";
import { useActForm } from "@/components/act/use-act-form";
import { TextArea } from "@/components/ui/field";
import { limits } from "@/lib/areas/escalation/limits";
import { room } from "@/lib/kernel/limits";
import { LATE_CAUSE_HINT, type FormProps } from "./form-props";
import { waitingRecords } from "./prepare";
import { isTyped, judgeForm } from "./prepare-acts";
import { useAct } from "./use-act";

/** Closes an item that should not be there, with the reason. */
export function CancelForm({ detail, fields, onFields, blocked, onDone, actions, late }: FormProps) {
  const { note = "", lateCause = "" } = fields;
  const act = useAct();
  const form = useActForm({
    judge: () => judgeForm("cancel", fields, late),
    send: () => act(detail.id, () => actions.cancel({ id: detail.id, version: detail.version, note, lateCause: late ? lateCause : null })),
    onDone,
  });
  const change = (part: Record<string, string>) => {
    onFields(part);
    form.changed();
  };
  const records = detail.runId !== null && waitingRecords(detail).length > 0 ? " thegent's own records of the run are closed with it, as “cancelled”." : "";
  return (
    <ActForm
      name="Cancel this item"
      form={form}
      blocked={blocked}
      typed={isTyped(fields)}
      consequence={`Closes this item without an outcome: it should not be there, or is nobody's to solve any more.${records}`}
      submit={["Cancel the item", "Cancelling…"]}
    >
      <TextArea id="cancel-note" name="note" label="Why it is cancelled" rows={2} maxLength={room(limits.note)} value={note} readOnly={Boolean(blocked)} error={form.problems.note} onChange={(event) => change({ note: event.target.value })} />
      {(late || lateCause) && (
        <TextArea id="cancel-lateCause" name="lateCause" label="Cause of the lateness" hint={LATE_CAUSE_HINT} rows={2} maxLength={room(limits.lateCause)} value={lateCause} readOnly={Boolean(blocked)} error={form.problems.lateCause} onChange={(event) => change({ lateCause: event.target.value })} />
      )}
    </ActForm>
  );
}
