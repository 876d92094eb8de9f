"use client";

import { ActForm } from "@/components/act/act-form";
import { Choice } from "@/components/act/choice";
import { useActForm } from "@/components/act/use-act-form";
import { TextArea, TextField } from "@/components/ui/field";
import { useTicking } from "@/components/ui/time";
import { decisions, type Decision } from "@/lib/areas/drift/domain/review";
import { limits, waiverDays } from "@/lib/areas/drift/limits";
import { changedSays, decisionNames } from "@/lib/areas/drift/words";
import { room } from "@/lib/kernel/limits";
import { sentenceProblem } from "@/lib/kernel/words/text";
import type { FormProps } from "./form-props";
import { decisionSays, judgeDays, judgeLines, linesOf, sayDecides } from "./prepare-decision";
import { ShownChanges } from "./shown-changes";
import { useEpisodeAct } from "./use-episode-act";

const choices = decisions.map((value) => ({ value, name: decisionNames[value], says: decisionSays[value] }));
const usualDays = String(waiverDays.usual[1]);

/** What caused it, what is done, on what evidence; bound to what the person looked at. */
export function DecideForm({ detail, fields, onFields, blocked, onDone, actions, serverNow, seen, onSeen }: FormProps) {
  const { cause = detail.cause ?? "", note = "", decision = "", evidence = "", lateCause = "" } = fields;
  const days = fields.days ?? usualDays;
  const isLate = useTicking((now) => now > Date.parse(detail.late), serverNow);
  const asksLate = decision === "false_alarm" && isLate;
  const stale = !blocked && seen.hash !== detail.shownHash;
  const act = useEpisodeAct(actions.act);
  const form = useActForm({
    judge: () => ({
      cause: sentenceProblem("The cause", cause, limits.cause) ?? undefined,
      decision: decision ? undefined : "Choose what is done.",
      days: decision === "accept" ? judgeDays(days) : undefined,
      evidence: judgeLines(evidence),
      note: sentenceProblem("The note", note, limits.note) ?? undefined,
      lateCause: asksLate
        ? (sentenceProblem("The cause of the lateness", lateCause, limits.lateCause) ?? undefined)
        : undefined,
    }),
    send: async () => {
      if (stale) return { message: changedSays, requestId: null };
      const { id, version } = detail;
      const asked = { days: decision === "accept" ? Number(days) : null, lateCause: asksLate ? lateCause : null };
      return act({
        act: "decide",
        id,
        version,
        cause,
        note,
        decision,
        evidence: linesOf(evidence),
        ...asked,
        seenHash: seen.hash,
      });
    },
    onDone,
  });
  const change = (part: Record<string, string>) => {
    onFields(part);
    form.changed();
  };
  const readOnly = Boolean(blocked);
  const area = (name: "cause" | "note" | "lateCause", label: string, value: string, rows: number, hint?: string) => (
    <TextArea
      id={`decide-${name}`}
      name={name}
      label={label}
      rows={rows}
      hint={hint}
      maxLength={room(limits[name])}
      value={value}
      readOnly={readOnly}
      error={form.problems[name]}
      onChange={(event) => change({ [name]: event.target.value })}
    />
  );
  return (
    <ActForm
      name="Decide what is done"
      form={form}
      blocked={blocked}
      typed={(note + (fields.cause ?? "") + lateCause).trim() !== ""}
      consequence={sayDecides(decision, days)}
      submit={["Decide", "Deciding…"]}
    >
      {stale && <ShownChanges seen={seen.shown} current={detail.shown} onSeen={onSeen} />}
      {area("cause", "What caused it", cause, 3)}
      <Choice<Decision>
        legend="What is done"
        name="decision"
        chosen={decision || null}
        choices={choices}
        error={form.problems.decision}
        disabled={readOnly}
        onChoose={(value) => change({ decision: value })}
      />
      {decision === "accept" && (
        <TextField
          id="decide-days"
          name="days"
          label="For how many days"
          inputMode="numeric"
          autoComplete="off"
          maxLength={room(limits.days)}
          value={days}
          readOnly={readOnly}
          error={form.problems.days}
          hint={`From the approval on; ${waiverDays.least} to ${waiverDays.most}.`}
          onChange={(event) => change({ days: event.target.value })}
        />
      )}
      <TextField
        id="decide-evidence"
        name="evidence"
        label="Evidence, by line"
        autoComplete="off"
        maxLength={room(limits.lines)}
        value={evidence}
        readOnly={readOnly}
        error={form.problems.evidence}
        hint="Lines of contract_telemetry.jsonl that show it, with a comma between. What stands there is kept with the decision."
        onChange={(event) => change({ evidence: event.target.value })}
      />
      {area("note", "Note", note, 2)}
      {asksLate &&
        area("lateCause", "Cause of the lateness", lateCause, 2, "It missed an SLA clock: what kept it waiting?")}
    </ActForm>
  );
}
