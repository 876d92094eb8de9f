"use client";

import { useRouter } from "next/navigation";
import type { FormProps } from "./form-props";
import RequestForm from "./request-form";

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
      <p className="text-sm text-muted">
        A new request that names this one. It is advised on and decided anew; this one stays as it is.
      </p>
    </RequestForm>
  );
}
