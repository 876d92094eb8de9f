"use client";

import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { EscalationDetail } from "@/lib/contracts/escalations";
import { Failure } from "./failure";
import { signOffProblem } from "./prepare-breach";
import { useAct, type ActFailure, type EscalationActions } from "./use-act";

type Props = {
  detail: EscalationDetail;
  /** Why it cannot be signed off any more; null while it can. */
  blocked: string | null;
  note: string;
  onNote: (note: string) => void;
  onDone: () => void;
  signOff: EscalationActions["signOff"];
};

/** Signs a breach off with a note. Keeps what was typed whatever happens meanwhile. */
export function SignOffForm({ detail, blocked, note, onNote, onDone, signOff }: Props) {
  const [judged, setJudged] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [failure, setFailure] = useState<ActFailure | null>(null);
  const [pending, setPending] = useState(false);
  const act = useAct();
  // Once a press was refused, the note is judged as it is typed.
  const problem = refused ?? (judged ? signOffProblem(note) : null);

  // Not a form action: React empties a form after its action, also after a refused one.
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.querySelector("textarea");
    if (pending || blocked) return;
    setJudged(true);
    setFailure(null);
    if (signOffProblem(note)) return field?.focus();
    setPending(true);
    const result = await act(detail.id, () => signOff({ id: detail.id, version: detail.version, note }));
    setPending(false);
    if (!result) return onDone();
    setFailure(result);
    setRefused(result.fields?.note ?? null);
    if (result.fields?.note) field?.focus();
  };
  const change = (text: string) => {
    onNote(text);
    setRefused(null);
  };

  return (
    <form onSubmit={submit} noValidate aria-label="Sign off this breach" className="space-y-3">
      {blocked && (
        <Notice tone="amber" live="assertive">
          {blocked} What you typed is kept below, so that you can copy it.
        </Notice>
      )}
      <TextArea id="signOffNote" name="signOffNote" label="Note on the breach" rows={2} maxLength={8000} value={note} readOnly={Boolean(blocked)} error={problem} onChange={(event) => change(event.target.value)} />
      {failure && <Failure failure={failure} />}
      {!blocked && (
        <div className="space-y-2">
          <p className="text-sm text-muted" id="signOffConsequence">
            Takes this breach out of the Product Owner&apos;s list. The note stays in the audit trail.
          </p>
          <Button type="submit" look={detail.closedAt ? "primary" : "plain"} pending={pending} aria-describedby="signOffConsequence">
            {pending ? "Signing off…" : "Sign off the breach"}
          </Button>
        </div>
      )}
    </form>
  );
}
