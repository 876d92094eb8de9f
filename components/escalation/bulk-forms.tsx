"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ActForm } from "@/components/act/act-form";
import type { Me } from "@/components/act/form-values";
import { useActForm } from "@/components/act/use-act-form";
import type { AskFailure } from "@/components/shell/ask";
import { SelectField, TextArea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { dutyQuery } from "@/lib/areas/duty/page-port";
import type { EscalationRow } from "@/lib/areas/escalation/contract";
import { outcomes, type Outcome } from "@/lib/areas/escalation/domain/escalation";
import type { BulkAct } from "@/lib/areas/escalation/domain/stays";
import { limits } from "@/lib/areas/escalation/limits";
import { lateCauseHint, outcomeMeans } from "@/lib/areas/escalation/words";
import { room } from "@/lib/kernel/limits";
import { sayMany } from "@/lib/kernel/words/quantities";
import { draftProblems, type Draft } from "./prepare";
import { colleaguesFor, sayColleague } from "./prepare-colleagues";
import { prepareSelection, type Plan, type Rights } from "./prepare-selection";

/** What is typed and chosen; it outlives the forms, and an act that was refused. */
export type ManyDraft = Draft & { toId: string };
export const noDraft: ManyDraft = { outcome: null, note: "", lateCause: "", toId: "" };

export type ManyProps = {
  items: readonly EscalationRow[];
  facts: { me: Me; may: Rights; now: number };
  draft: ManyDraft;
  onDraft: (change: Partial<ManyDraft>) => void;
  /** Does it to what the plan names; null when each item has its outcome, else what went wrong with all. */
  send: (plan: Plan, asked: { act: BulkAct; [field: string]: unknown }) => Promise<AskFailure | null>;
};

const nothing = () => undefined;
const blockOf = ({ does, warns }: Plan): string | null => (does === null ? warns.join(" ") : null);

/** What mixes in the selection, before anything is pressed. */
function Warnings({ plan: { warns, does } }: { plan: Plan }) {
  if (!warns.length || does === null) return null;
  return (
    <Notice tone="amber">
      {warns.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  );
}

export function ClaimMany({ items, facts, send }: ManyProps) {
  const plan = prepareSelection({ act: "claim" }, items, facts);
  const form = useActForm({ judge: () => ({}), send: () => send(plan, { act: "claim" }), onDone: nothing });
  return (
    <ActForm
      name="Claim the selected items"
      form={form}
      blocked={blockOf(plan)}
      consequence={plan.does}
      submit={[`Claim ${sayMany(plan.go.length, "item")}`, "Claiming…"]}
    >
      <Warnings plan={plan} />
    </ActForm>
  );
}

/** Only who may work on all of them by the matrix is offered. */
export function AssignMany({ items, facts, draft, onDraft, send }: ManyProps) {
  const { data: duty, error } = useQuery(dutyQuery);
  const meant = items.filter(({ stays, path }) => !stays?.assign && facts.may.assign[path].allowed);
  const colleagues = duty ? colleaguesFor(duty, facts.may.workers, [...new Set(meant.map(({ path }) => path))]) : [];
  const to = colleagues.find(({ id }) => id === draft.toId) ?? null;
  const plan = prepareSelection({ act: "assign", to }, items, facts);
  const form = useActForm({
    judge: () => ({ toId: to ? undefined : "Choose a colleague." }),
    send: () => send(plan, { act: "assign", toId: to!.id }),
    onDone: nothing,
  });
  const nobody =
    duty && !colleagues.length
      ? "Nobody holds a role that may work on all of these paths: select items of one path."
      : null;
  return (
    <ActForm
      name="Assign the selected items"
      form={form}
      blocked={blockOf(plan) ?? nobody ?? (duty ? null : (error?.message ?? null))}
      consequence={plan.does}
      submit={[`Assign ${sayMany(plan.go.length, "item")}`, "Assigning…"]}
    >
      <Warnings plan={plan} />
      <SelectField
        id="many-toId"
        name="toId"
        label="To"
        value={to?.id ?? ""}
        error={form.problems.toId}
        onChange={(event) => {
          onDraft({ toId: event.target.value });
          form.changed();
        }}
      >
        <option value="">{duty ? "Choose a colleague" : "Reading who may work on these…"}</option>
        {colleagues.map((colleague) => (
          <option key={colleague.id} value={colleague.id}>
            {sayColleague(colleague, facts.me.id)}
          </option>
        ))}
      </SelectField>
    </ActForm>
  );
}

/** One outcome and one note for all of them; the cause of lateness where one of them is late. */
export function ResolveMany({ items, facts, draft, onDraft, send }: ManyProps) {
  const plan = prepareSelection({ act: "resolve", outcome: draft.outcome }, items, facts);
  const late = plan.late.length > 0;
  const form = useActForm({
    judge: () => draftProblems(draft, late),
    send: () =>
      send(plan, {
        act: "resolve",
        outcome: draft.outcome!,
        note: draft.note,
        lateCause: late ? draft.lateCause : null,
      }),
    onDone: nothing,
  });
  const { problems } = form;
  const change = (part: Partial<ManyDraft>) => {
    onDraft(part);
    form.changed();
  };
  return (
    <ActForm
      name="Resolve the selected items"
      form={form}
      blocked={blockOf(plan)}
      typed={draft.note !== "" || draft.lateCause !== ""}
      consequence={plan.does}
      submit={[`Resolve ${sayMany(plan.go.length, "item")}`, "Resolving…"]}
    >
      <Warnings plan={plan} />
      <Outcomes
        ofRuns={items.every(({ runId }) => runId !== null)}
        chosen={draft.outcome}
        error={problems.outcome}
        onChoose={(outcome) => change({ outcome })}
      />
      <div className="grid gap-3 md:grid-cols-2">
        <TextArea
          id="many-note"
          name="note"
          label="Note"
          rows={2}
          maxLength={room(limits.note)}
          value={draft.note}
          error={problems.note}
          hint="What was found and done, the same for all. It stays in the audit trail."
          onChange={(event) => change({ note: event.target.value })}
        />
        {(late || draft.lateCause) && (
          <TextArea
            id="many-lateCause"
            name="lateCause"
            label="Cause of the lateness"
            rows={2}
            maxLength={room(limits.lateCause)}
            value={draft.lateCause}
            error={problems.lateCause}
            hint={lateCauseHint}
            onChange={(event) => change({ lateCause: event.target.value })}
          />
        )}
      </div>
    </ActForm>
  );
}

function Outcomes({
  ofRuns,
  chosen,
  error,
  onChoose,
}: {
  ofRuns: boolean;
  chosen: Outcome | null;
  error: ReactNode;
  onChoose: (outcome: Outcome) => void;
}) {
  return (
    <fieldset aria-describedby={error ? "many-outcome-error" : undefined} className="flex flex-wrap gap-x-5 gap-y-1">
      <legend className="mb-1 font-medium">Outcome</legend>
      {outcomes.map((outcome) => (
        <label key={outcome} className="flex items-baseline gap-1.5" title={outcomeMeans(ofRuns)[outcome]}>
          <input
            type="radio"
            name="outcome"
            value={outcome}
            checked={chosen === outcome}
            onChange={() => onChoose(outcome)}
            className="translate-y-0.5"
          />
          {outcome}
        </label>
      ))}
      {error && (
        <p id="many-outcome-error" className="w-full text-sm font-medium text-red">
          {error}
        </p>
      )}
    </fieldset>
  );
}
