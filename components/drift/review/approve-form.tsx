"use client";

import { ActForm } from "@/components/act/act-form";
import { useActForm } from "@/components/act/use-act-form";
import { TextArea } from "@/components/ui/field";
import { limits } from "@/lib/areas/drift/limits";
import { changedSays } from "@/lib/areas/drift/words";
import { room } from "@/lib/kernel/limits";
import { sayMany } from "@/lib/kernel/words/quantities";
import { sentenceProblem } from "@/lib/kernel/words/text";
import type { FormProps } from "./form-props";
import { ShownChanges } from "./shown-changes";
import { useEpisodeAct } from "./use-episode-act";

/** Approves what a review asked for, bound to what the person looked at. */
export function ApproveForm({ name, detail, fields, onFields, blocked, onDone, actions, seen, onSeen }: FormProps) {
  const { note = "" } = fields;
  const isWaiver = name === "approve-waiver";
  const stale = !blocked && seen.hash !== detail.shownHash;
  const act = useEpisodeAct(actions.act);
  const form = useActForm({
    judge: () => ({ note: sentenceProblem("The reason", note, limits.note) ?? undefined }),
    send: async () => {
      if (stale) return { message: changedSays, requestId: null };
      const { id, version } = detail;
      return act({ act: isWaiver ? "approve-waiver" : "approve-change", id, version, note, seenHash: seen.hash });
    },
    onDone,
  });
  return (
    <ActForm
      name={isWaiver ? "Approve that it is accepted" : "Approve the change of the adapter"}
      form={form}
      blocked={blocked}
      typed={note.trim() !== ""}
      consequence={
        isWaiver
          ? `The drift is accepted for ${sayMany(detail.acceptDays ?? 0, "day")} from now, and its item is closed. thegent’s own budget stays as it is: what it blocks stays blocked.`
          : "The adapter may change; the episode stays open until somebody says that it is remediated."
      }
      submit={["Approve", "Approving…"]}
    >
      {stale && <ShownChanges seen={seen.shown} current={detail.shown} onSeen={onSeen} />}
      <TextArea
        id={`${name}-note`}
        name="note"
        label="Reason"
        rows={2}
        maxLength={room(limits.note)}
        value={note}
        readOnly={Boolean(blocked)}
        error={form.problems.note}
        onChange={(event) => {
          onFields({ note: event.target.value });
          form.changed();
        }}
      />
    </ActForm>
  );
}
