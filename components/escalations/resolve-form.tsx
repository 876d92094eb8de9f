"use client";

import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useTicking } from "@/components/ui/time";
import type { EscalationDetail } from "@/lib/contracts/escalations";
import { outcomes, type Outcome } from "@/lib/domain/escalation/escalation";
import { tickedTime } from "@/lib/queries/server-clock";
import { Failure } from "./failure";
import { draftProblems, outcomeMeans, sayBlocked, sayConsequence, type Draft, type DraftProblems, type Me } from "./prepare";
import { useAct, type ActFailure, type EscalationActions } from "./use-act";

type Props = {
  detail: EscalationDetail;
  me: Me;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onDone: () => void;
  resolve: EscalationActions["resolve"];
  serverNow: string;
};

/** Closes an item. Says what will happen before it does; keeps what was typed whatever happens meanwhile. */
export function ResolveForm({ detail, me, draft, onDraft, onDone, resolve, serverNow }: Props) {
  const late = useTicking((now) => now > Date.parse(detail.dueAt), serverNow);
  const blocked = sayBlocked(detail, me, late ? Date.parse(detail.dueAt) + 1 : Date.parse(detail.blockedAt));
  const [judged, setJudged] = useState(false);
  const [refused, setRefused] = useState<DraftProblems>({});
  const [failure, setFailure] = useState<ActFailure | null>(null);
  const [pending, setPending] = useState(false);
  const act = useAct();
  // Once a press was refused, fields are judged as they are typed.
  const problems: DraftProblems = { ...(judged ? draftProblems(draft, late) : {}), ...refused };

  const change = (part: Partial<Draft>) => {
    onDraft({ ...draft, ...part });
    setRefused({});
  };

  // Not a form action: React empties a form after its action, also after a refused one.
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (pending || blocked) return;
    const found = draftProblems(draft, tickedTime() > Date.parse(detail.dueAt));
    setJudged(true);
    setFailure(null);
    if (Object.keys(found).length) return focusFirst(form, found);
    setPending(true);
    const { outcome, note, lateCause } = draft;
    const result = await act(detail.id, () => resolve({ id: detail.id, version: detail.version, outcome: outcome!, note, lateCause: late ? lateCause : null }));
    setPending(false);
    if (!result) return onDone();
    setFailure(result);
    setRefused(result.fields ?? {});
    focusFirst(form, result.fields ?? {});
  };

  return (
    <form id="resolve" onSubmit={submit} noValidate aria-label="Resolve this item" className="space-y-3">
      {blocked && (
        <Notice tone="amber" live="assertive">
          {blocked} {draft.note && "What you typed is kept below, so that you can copy it."}
        </Notice>
      )}
      <OutcomeChoice chosen={draft.outcome} error={problems.outcome} disabled={Boolean(blocked)} onChoose={(outcome) => change({ outcome })} />
      <TextArea id="note" name="note" label="Note" rows={3} maxLength={8000} value={draft.note} readOnly={Boolean(blocked)} error={problems.note} hint="What was found and done. It stays in the audit trail." onChange={(event) => change({ note: event.target.value })} />
      {((late && !blocked) || draft.lateCause) && (
        <TextArea id="lateCause" name="lateCause" label="Cause of the lateness" rows={2} maxLength={1000} value={draft.lateCause} readOnly={Boolean(blocked)} error={problems.lateCause} hint={`The item is past its SLA: what kept it waiting?${detail.signedOffBy ? "" : " The breach then waits for the Product Owner’s sign-off."}`} onChange={(event) => change({ lateCause: event.target.value })} />
      )}
      {failure && <Failure failure={failure} />}
      {!blocked && (
        <div className="space-y-2">
          <p className="text-sm text-muted" id="consequence">
            {sayConsequence(detail, draft.outcome)}
          </p>
          <Button type="submit" look="primary" pending={pending} aria-describedby="consequence">
            {pending ? "Resolving…" : "Resolve"}
          </Button>
        </div>
      )}
    </form>
  );
}

/** The first field that is wrong, in the order of the form. */
function focusFirst(form: HTMLFormElement, problems: Record<string, string | undefined>): void {
  const first = ["outcome", "note", "lateCause"].find((name) => problems[name]);
  if (first) form.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
}

function OutcomeChoice({ chosen, error, disabled, onChoose }: { chosen: Outcome | null; error: string | undefined; disabled: boolean; onChoose: (outcome: Outcome) => void }) {
  return (
    <fieldset disabled={disabled} aria-describedby={error ? "outcome-error" : undefined} className="space-y-1">
      <legend className="mb-1 font-medium">Outcome</legend>
      {outcomes.map((outcome) => (
        <label key={outcome} className="flex items-baseline gap-2">
          <input type="radio" name="outcome" value={outcome} checked={chosen === outcome} onChange={() => onChoose(outcome)} className="translate-y-0.5" />
          <span className="w-24 shrink-0 font-medium">{outcome}</span>
          <span className="text-sm text-muted">{outcomeMeans[outcome]}</span>
        </label>
      ))}
      {error && (
        <p id="outcome-error" className="text-sm font-medium text-red">
          {error}
        </p>
      )}
    </fieldset>
  );
}
