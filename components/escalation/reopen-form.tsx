"use client";

import { useRouter } from "next/navigation";
import { ActForm } from "@/components/act/act-form";
import { useActForm } from "@/components/act/use-act-form";
import { ask } from "@/components/shell/ask";
import { TextArea } from "@/components/ui/field";
import { limits } from "@/lib/areas/escalation/limits";
import { room } from "@/lib/kernel/limits";
import type { FormProps } from "./form-props";
import { isTyped, judgeForm } from "./prepare-acts";

/** Opens a closed item again, as a new one that names it, and goes there. */
export function ReopenForm({ detail, fields, onFields, blocked, onDone, actions }: FormProps) {
  const router = useRouter();
  const form = useActForm({
    judge: () => judgeForm("reopen", fields),
    send: async () => {
      const answer = await ask(() => actions.reopen({ id: detail.id, version: detail.version, reason: fields.reason ?? "" }));
      if (!answer.done) return answer.failure;
      router.push(`/escalations/${answer.data.id}`);
      return null;
    },
    onDone,
  });
  return (
    <ActForm
      name="Reopen this item"
      form={form}
      blocked={blocked}
      typed={isTyped(fields)}
      consequence={`Opens a new item that names this one, with clocks of its own from now on.${detail.runId !== null ? " A pending record is added to thegent's queue file." : ""} This one stays as it is.`}
      submit={["Reopen as a new item", "Reopening…"]}
    >
      <TextArea
        id="reopen-reason"
        name="reason"
        label="Why it is opened again"
        rows={2}
        maxLength={room(limits.reopening)}
        value={fields.reason ?? ""}
        readOnly={Boolean(blocked)}
        error={form.problems.reason}
        onChange={(event) => {
          onFields({ reason: event.target.value });
          form.changed();
        }}
      />
    </ActForm>
  );
}
