"use client";

import type { ReactNode } from "react";
import { ActForm } from "@/components/act/act-form";
import { useActForm } from "@/components/act/use-act-form";
import { ask } from "@/components/shell/ask";
import { TextArea, TextField } from "@/components/ui/field";
import type { RequestOverrideInput } from "@/lib/areas/override/contract";
import { limits } from "@/lib/areas/override/limits";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import type { Fields } from "@/lib/kernel/act/view";
import { room } from "@/lib/kernel/limits";
import { nameProblem } from "@/lib/kernel/words/text";
import {
  firstSeconds,
  judgeJustification,
  judgeLine,
  judgeSeconds,
  sayJustificationCount,
  sayRequestConsequence,
} from "./prepare-forms";
import { ValidityField } from "./validity-field";

/** Answers the new request's id. */
export type RequestOverride = (input: RequestOverrideInput) => Promise<ActionResult<{ id: string }>>;

type Props = {
  /** What it is asked from; the owner is asked for where none is given. */
  about: { escalationId?: string; previousId?: string; owner: string | null };
  most: number;
  fields: Fields;
  onFields: (change: Fields) => void;
  blocked?: string | null;
  /** Said above the fields. */
  children?: ReactNode;
  request: RequestOverride;
  onDone: (id: string) => void;
};

/** Asks for an override, with reasons; says that nothing passes by asking. */
export default function RequestForm({
  about,
  most,
  fields,
  onFields,
  blocked = null,
  children,
  request,
  onDone,
}: Props) {
  const { justification = "", ticket = "", seconds = firstSeconds(most) } = fields;
  const owner = about.owner ?? fields.owner ?? "";
  const form = useActForm({
    judge: () => ({
      owner: about.owner === null ? (nameProblem("The owner", owner, limits.owner.most) ?? undefined) : undefined,
      justification: judgeJustification(justification),
      seconds: judgeSeconds(seconds, most),
      ticket: ticket.trim() ? judgeLine(ticket, "The ticket", limits.ticket) : undefined,
    }),
    send: async () => {
      const { escalationId = null, previousId = null } = about;
      const named = escalationId === null && previousId === null ? owner : null;
      const answer = await ask(() =>
        request({
          escalationId,
          previousId,
          owner: named,
          justification,
          ticket: ticket.trim() || null,
          seconds: Number(seconds),
        }),
      );
      if (!answer.done) return answer.failure;
      onDone(answer.data.id);
      return null;
    },
    onDone: () => undefined,
  });
  const change = (part: Fields) => {
    onFields(part);
    form.changed();
  };
  const readOnly = Boolean(blocked);
  return (
    <ActForm
      name="Ask for an override"
      form={form}
      blocked={blocked}
      typed={(justification + ticket).trim() !== ""}
      consequence={sayRequestConsequence(owner, seconds)}
      submit={["Ask for the override", "Asking…"]}
    >
      {children}
      {about.owner === null && (
        <TextField
          id="override-owner"
          name="owner"
          label="Owner"
          hint="thegent’s owner tag, such as ana:shop. Every run of it will pass."
          maxLength={room(limits.owner)}
          value={owner}
          error={form.problems.owner}
          onChange={(event) => change({ owner: event.target.value })}
        />
      )}
      <TextArea
        id="override-justification"
        name="justification"
        label="Justification"
        hint={
          <span aria-live="polite">
            {sayJustificationCount(justification)} thegent’s file and the audit trail keep it.
          </span>
        }
        rows={3}
        maxLength={room(limits.justification)}
        value={justification}
        readOnly={readOnly}
        error={form.problems.justification}
        onChange={(event) => change({ justification: event.target.value })}
      />
      <ValidityField
        id="override-seconds"
        value={seconds}
        most={most}
        error={form.problems.seconds}
        readOnly={readOnly}
        onChange={(value) => change({ seconds: value })}
      />
      <TextField
        id="override-ticket"
        name="ticket"
        label="Ticket (optional)"
        maxLength={room(limits.ticket)}
        value={ticket}
        readOnly={readOnly}
        error={form.problems.ticket}
        onChange={(event) => change({ ticket: event.target.value })}
      />
    </ActForm>
  );
}
