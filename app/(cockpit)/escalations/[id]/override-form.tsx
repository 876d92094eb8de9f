"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { FormProps } from "@/components/escalations/form-props";
import RequestForm from "@/components/overrides/request-form";
import { escalationKeys } from "@/lib/queries/escalation-queries";
import { overrideKeys } from "@/lib/queries/override-queries";

/** Asks for an override from this item, for its owner. The item stays open until it is decided. */
export default function OverrideForm({ detail, fields, onFields, blocked, onDone, actions, mostSeconds }: FormProps) {
  const client = useQueryClient();
  return (
    <RequestForm
      about={{ escalationId: detail.id, owner: detail.owner ?? "" }}
      most={mostSeconds}
      fields={fields}
      onFields={onFields}
      blocked={blocked}
      request={actions.requestOverride}
      onDone={() => {
        for (const queryKey of [escalationKeys.detail(detail.id), overrideKeys.overrides]) void client.invalidateQueries({ queryKey });
        onDone();
      }}
    />
  );
}
