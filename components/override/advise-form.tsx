"use client";

import { ActForm } from "@/components/act/act-form";
import { Choice } from "@/components/act/choice";
import { useActForm } from "@/components/act/use-act-form";
import { TextArea } from "@/components/ui/field";
import { limits } from "@/lib/areas/override/limits";
import { room } from "@/lib/kernel/limits";
import type { FormProps } from "./form-props";
import { isTyped } from "./prepare-acts";
import { judgeWords } from "./prepare-forms";
import { useOverrideAct } from "./use-override-act";

/** The consulted role's advice, for or against, in words. */
export function AdviseForm({ detail, fields, onFields, blocked, onDone, actions }: FormProps) {
  const { text = "", inFavour = "" } = fields;
  const act = useOverrideAct();
  const form = useActForm({
    judge: () => ({ inFavour: inFavour ? undefined : "Say for or against.", text: judgeWords(text, "The advice", limits.advice) }),
    send: () => act(detail.id, () => actions.advise({ id: detail.id, version: detail.version, inFavour: inFavour === "for", text })),
    onDone,
  });
  const change = (part: Record<string, string>) => {
    onFields(part);
    form.changed();
  };
  return (
    <ActForm
      name="Advise on this override"
      form={form}
      blocked={blocked}
      typed={isTyped(fields)}
      consequence={`Stays with the request as the advice of your role${detail.advice ? ", in place of what was advised before" : ""}. It decides nothing; the Product Owner sees it before deciding.`}
      submit={["Give this advice", "Giving…"]}
    >
      <Choice
        legend="Advice"
        name="inFavour"
        chosen={inFavour}
        error={form.problems.inFavour}
        disabled={Boolean(blocked)}
        choices={[
          { value: "for", name: "For", says: "It may be approved." },
          { value: "against", name: "Against", says: "It should not be approved as it is." },
        ]}
        onChoose={(value) => change({ inFavour: value })}
      />
      <TextArea id="override-advice" name="text" label="In words" rows={3} maxLength={room(limits.advice)} value={text} readOnly={Boolean(blocked)} error={form.problems.text} onChange={(event) => change({ text: event.target.value })} />
    </ActForm>
  );
}
