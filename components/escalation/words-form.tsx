"use client";

import type { ReactNode } from "react";
import { ActForm } from "@/components/act/act-form";
import { useActForm } from "@/components/act/use-act-form";
import type { AskFailure } from "@/components/shell/ask";
import { TextArea } from "@/components/ui/field";
import { room } from "@/lib/kernel/limits";
import type { FormProps } from "./form-props";
import { isTyped, judgeForm, rules } from "./prepare-acts";
import { useAct } from "./use-act";

type Kind = "comment" | "advise" | "signOff";

type Shape = { name: string; field: string; label: string; rows: number; submit: readonly [string, string]; consequence: (props: FormProps) => ReactNode };

const shapes: Record<Kind, Shape> = {
  comment: {
    name: "Write a comment",
    field: "text",
    label: "Comment",
    rows: 3,
    submit: ["Write the comment", "Writing…"],
    consequence: ({ detail, me }) => (detail.claimedBy?.id === me.id ? "It stays in the audit trail, under your name, and keeps your claim." : "It stays in the audit trail, under your name."),
  },
  advise: {
    name: "Give advice",
    field: "text",
    label: "Advice",
    rows: 3,
    submit: ["Give this advice", "Giving…"],
    consequence: () => "It stays in the audit trail as the advice of your role, and answers what was asked of it. It decides nothing.",
  },
  signOff: {
    name: "Sign off this breach",
    field: "note",
    label: "Note on the breach",
    rows: 2,
    submit: ["Sign off the breach", "Signing off…"],
    consequence: ({ detail }) => `Takes this breach out of the Product Owner's list.${detail.closedAt ? "" : " The item itself stays open."} The note stays in the audit trail.`,
  },
};

/** An act that is one text: a comment, advice, the sign-off of a breach. */
export function WordsForm({ kind, ...props }: FormProps & { kind: Kind }) {
  const { detail, fields, onFields, blocked, onDone, actions } = props;
  const { name, field, label, rows, submit, consequence } = shapes[kind];
  const text = fields[field] ?? "";
  const act = useAct();
  const target = { id: detail.id, version: detail.version };
  const send: Record<Kind, () => Promise<AskFailure | null>> = {
    comment: () => act(detail.id, () => actions.comment({ ...target, text })),
    advise: () => act(detail.id, () => actions.advise({ ...target, text })),
    signOff: () => act(detail.id, () => actions.signOff({ ...target, note: text })),
  };
  const form = useActForm({ judge: () => judgeForm(kind, fields), send: send[kind], onDone });
  const change = (value: string) => {
    onFields({ [field]: value });
    form.changed();
  };
  return (
    <ActForm name={name} form={form} blocked={blocked} typed={isTyped(fields)} consequence={consequence(props)} submit={submit}>
      <TextArea id={`${kind}-${field}`} name={field} label={label} rows={rows} maxLength={room(rules[kind].limit)} value={text} readOnly={Boolean(blocked)} error={form.problems[field]} onChange={(event) => change(event.target.value)} />
    </ActForm>
  );
}
