"use client";

import { useRouter } from "next/navigation";
import { ActForm } from "@/components/act/act-form";
import { useActForm } from "@/components/act/use-act-form";
import { TextArea } from "@/components/ui/field";
import { limits } from "@/lib/areas/override/limits";
import { room } from "@/lib/kernel/limits";
import type { FormProps } from "./form-props";
import { isTyped } from "./prepare-acts";
import { judgeWords } from "./prepare-forms";
import RequestForm from "./request-form";
import { useOverrideAct } from "./use-override-act";

/** Who asked takes the request back. */
export function WithdrawForm({ detail, blocked, onDone, actions }: FormProps) {
  const act = useOverrideAct();
  const form = useActForm({ judge: () => ({}), send: () => act(detail.id, () => actions.withdraw({ id: detail.id, version: detail.version })), onDone });
  return (
    <ActForm name="Withdraw this request" form={form} blocked={blocked} consequence="Takes your request back: nobody is to decide it any more, and nothing passes." submit={["Withdraw the request", "Withdrawing…"]}>
      {null}
    </ActForm>
  );
}

/** Ends an override before its time, with a reason. */
export function RevokeForm({ detail, fields, onFields, blocked, onDone, actions }: FormProps) {
  const { reason = "" } = fields;
  const act = useOverrideAct();
  const form = useActForm({
    judge: () => ({ reason: judgeWords(reason, "The reason", limits.revocation) }),
    send: () => act(detail.id, () => actions.revoke({ id: detail.id, version: detail.version, reason })),
    onDone,
  });
  return (
    <ActForm
      name="Revoke this override"
      form={form}
      blocked={blocked}
      typed={isTyped(fields)}
      consequence="Ends it now. thegent stops honouring it once its file says so, usually within seconds; the receipt then says since when. Runs that have passed already are not stopped."
      submit={["Revoke", "Revoking…"]}
    >
      <TextArea
        id="revoke-reason"
        name="reason"
        label="Reason"
        rows={2}
        maxLength={room(limits.revocation)}
        value={reason}
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

/** Asks for it again, as a new request that names this one, and goes there. */
export function RenewForm({ detail, most, fields, onFields, blocked, actions, onDone }: FormProps) {
  const router = useRouter();
  return (
    <RequestForm
      about={{ previousId: detail.id, owner: detail.owner }}
      most={most}
      fields={fields}
      onFields={onFields}
      blocked={blocked}
      request={actions.request}
      onDone={(id) => {
        onDone();
        router.push(`/overrides/${id}`);
      }}
    >
      <p className="text-sm text-muted">A new request that names this one. It is advised on and decided anew; this one stays as it is.</p>
    </RequestForm>
  );
}
