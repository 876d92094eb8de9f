"use client";

import { ActForm } from "@/components/act/act-form";
import { useActForm } from "@/components/act/use-act-form";
import { TextArea } from "@/components/ui/field";
import { AsOf, useTicking } from "@/components/ui/time";
import { limits } from "@/lib/areas/override/limits";
import { room } from "@/lib/kernel/limits";
import { sentenceProblem } from "@/lib/kernel/words/text";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { ContentChanges } from "./content-changes";
import type { FormProps } from "./form-props";
import { endAfter, sayOverridden } from "./prepare-acts";
import { judgeSeconds } from "./prepare-forms";
import { useOverrideAct } from "./use-override-act";
import { ValidityField } from "./validity-field";

const staleSays =
  "What this would let pass has changed. Look at what is different above, and say that you have seen it.";

/** Approves, bound to what the person looked at, for what was asked or less, with a reason. */
export function ApproveForm({
  detail,
  fields,
  onFields,
  blocked,
  onDone,
  actions,
  serverNow,
  seen,
  onSeen,
}: FormProps) {
  const { note = "", withoutConsultation = "", seconds = String(detail.mostSeconds) } = fields;
  const early = detail.consultationOpen;
  const stale = !blocked && seen.hash !== detail.contentHash;
  const act = useOverrideAct(actions.act);
  const form = useActForm({
    judge: () => ({
      seconds: judgeSeconds(seconds, detail.mostSeconds),
      note: sentenceProblem("The reason", note, limits.decision) ?? undefined,
      withoutConsultation: early
        ? (sentenceProblem("The reason for not waiting", withoutConsultation, limits.withoutConsultation) ?? undefined)
        : undefined,
    }),
    send: async () => {
      if (stale) return { message: staleSays, requestId: null };
      const { id, version } = detail;
      return act({
        act: "approve",
        id,
        version,
        note,
        withoutConsultation: early ? withoutConsultation : null,
        seconds: Number(seconds),
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
  return (
    <ActForm
      name="Approve this override"
      form={form}
      blocked={blocked}
      typed={(note + withoutConsultation).trim() !== ""}
      consequence={<WhatPasses detail={detail} seconds={Number(seconds)} serverNow={serverNow} />}
      submit={["Approve", "Approving…"]}
    >
      {stale && <ContentChanges seen={seen.content} current={detail.content} onSeen={onSeen} />}
      <ValidityField
        id="approve-seconds"
        value={seconds}
        most={detail.mostSeconds}
        error={form.problems.seconds}
        readOnly={readOnly}
        onChange={(value) => change({ seconds: value })}
      />
      <TextArea
        id="approve-note"
        name="note"
        label="Reason"
        rows={2}
        maxLength={room(limits.decision)}
        value={note}
        readOnly={readOnly}
        error={form.problems.note}
        onChange={(event) => change({ note: event.target.value })}
      />
      {(early || withoutConsultation) && (
        <TextArea
          id="approve-without"
          name="withoutConsultation"
          label="Why not wait for advice"
          hint="Nobody else of Security/Compliance has advised yet, and they still have time. This is kept with the decision."
          rows={2}
          maxLength={room(limits.withoutConsultation)}
          value={withoutConsultation}
          readOnly={readOnly}
          error={form.problems.withoutConsultation}
          onChange={(event) => change({ withoutConsultation: event.target.value })}
        />
      )}
    </ActForm>
  );
}

/** The sentence of the whole matter, for the validity that is typed. */
function WhatPasses({ detail, seconds, serverNow }: Pick<FormProps, "detail" | "serverNow"> & { seconds: number }) {
  const whole = Number.isInteger(seconds) && seconds > 0 && seconds <= detail.mostSeconds ? seconds : null;
  const until = useTicking((now) => endAfter(whole ?? 0, now), serverNow);
  if (whole === null) return "Say for how long to see until when its runs would pass.";
  return (
    <>
      Every run of <bdi className="font-mono">{visibleText(detail.owner)}</bdi>, on any rule, lane or agent, will pass
      policy until <AsOf at={until} serverNow={serverNow} />.{sayOverridden(detail)}
    </>
  );
}
