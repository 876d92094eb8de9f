"use client";

import { ActForm } from "@/components/act/act-form";
import { Choice } from "@/components/act/choice";
import { useActForm } from "@/components/act/use-act-form";
import { TextArea } from "@/components/ui/field";
import { outcomes } from "@/lib/areas/escalation/domain/escalation";
import { limits } from "@/lib/areas/escalation/limits";
import { room } from "@/lib/kernel/limits";
import { LATE_CAUSE_HINT, type FormProps } from "./form-props";
import { draftProblems, outcomeMeans, sayConsequence, type Draft } from "./prepare";
import { isTyped } from "./prepare-acts";
import { useAct } from "./use-act";

/** Closes an item. Says what will happen before it does; keeps what was typed whatever happens meanwhile. */
export function ResolveForm({ detail, fields, onFields, blocked, onDone, actions, late }: FormProps) {
  const draft: Draft = { outcome: outcomes.find((name) => name === fields.outcome) ?? null, note: fields.note ?? "", lateCause: fields.lateCause ?? "" };
  const act = useAct();
  const form = useActForm({
    judge: () => draftProblems(draft, late),
    send: () => act(detail.id, () => actions.resolve({ id: detail.id, version: detail.version, outcome: draft.outcome!, note: draft.note, lateCause: late ? draft.lateCause : null })),
    onDone,
  });
  const { problems } = form;
  const means = outcomeMeans(detail.runId !== null);
  const change = (part: Record<string, string>) => {
    onFields(part);
    form.changed();
  };
  return (
    <ActForm name="Resolve this item" form={form} blocked={blocked} typed={isTyped(fields)} consequence={sayConsequence(detail, draft.outcome)} submit={["Resolve", "Resolving…"]}>
      <Choice legend="Outcome" name="outcome" chosen={draft.outcome} error={problems.outcome} disabled={Boolean(blocked)} choices={outcomes.map((outcome) => ({ value: outcome, name: outcome, says: means[outcome] }))} onChoose={(outcome) => change({ outcome })} />
      <TextArea id="note" name="note" label="Note" rows={3} maxLength={room(limits.note)} value={draft.note} readOnly={Boolean(blocked)} error={problems.note} hint="What was found and done. It stays in the audit trail." onChange={(event) => change({ note: event.target.value })} />
      {((late && !blocked) || draft.lateCause) && (
        <TextArea id="lateCause" name="lateCause" label="Cause of the lateness" rows={2} maxLength={room(limits.lateCause)} value={draft.lateCause} readOnly={Boolean(blocked)} error={problems.lateCause} hint={`${LATE_CAUSE_HINT}${detail.signedOffBy ? "" : " The breach then waits for the Product Owner’s sign-off."}`} onChange={(event) => change({ lateCause: event.target.value })} />
      )}
    </ActForm>
  );
}
