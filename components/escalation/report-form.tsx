"use client";

import { ActForm } from "@/components/act/act-form";
import { useActForm } from "@/components/act/use-act-form";
import { TextArea } from "@/components/ui/field";
import { limits } from "@/lib/areas/escalation/limits";
import { room } from "@/lib/kernel/limits";
import { paths } from "@/lib/model/paths";
import type { FormProps } from "./form-props";
import { isTyped, judgeForm, sayReportConsequence } from "./prepare-acts";
import { useAct } from "./use-act";

/** Says what was found out; said again, it replaces what was said before. */
export function ReportForm({ detail, fields, onFields, blocked, onDone, actions }: FormProps) {
  const finding = fields.finding ?? "";
  const adapterChange = fields.adapterChange === "yes";
  const act = useAct();
  const form = useActForm({
    judge: () => judgeForm("report", fields),
    send: () => act(detail.id, () => actions.report({ id: detail.id, version: detail.version, finding, adapterChange })),
    onDone,
  });
  const change = (part: Record<string, string>) => {
    onFields(part);
    form.changed();
  };
  const mayNeedChange = paths[detail.path].adapterChange !== null;
  return (
    <ActForm name="Record a finding" form={form} blocked={blocked} typed={isTyped(fields)} consequence={sayReportConsequence(detail, adapterChange)} submit={["Record the finding", "Recording…"]}>
      <TextArea
        id="report-finding"
        name="finding"
        label={detail.path === "integrity" ? "Root cause" : "Finding"}
        hint={detail.finding ? "Replaces the finding that stands; the one before stays in the audit trail." : undefined}
        rows={3}
        maxLength={room(limits.finding)}
        value={finding}
        readOnly={Boolean(blocked)}
        error={form.problems.finding}
        onChange={(event) => change({ finding: event.target.value })}
      />
      {mayNeedChange && !detail.adapterChange && (
        <label className="flex items-baseline gap-2">
          <input type="checkbox" name="adapterChange" checked={adapterChange} disabled={Boolean(blocked)} onChange={(event) => change({ adapterChange: event.target.checked ? "yes" : "" })} className="translate-y-0.5" />
          <span>Adapter change required</span>
        </label>
      )}
      {detail.adapterChange && <p className="text-sm">That an adapter change is required is recorded already.</p>}
    </ActForm>
  );
}
