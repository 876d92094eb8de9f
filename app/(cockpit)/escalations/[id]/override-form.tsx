"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { FormProps } from "@/components/escalation/form-props";
import RequestForm from "@/components/override/request-form";
import { escalationKeys } from "@/lib/areas/escalation/queries/options";
import { overrideKeys } from "@/lib/areas/override/queries/options";

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
        for (const queryKey of [escalationKeys.detail(detail.id), overrideKeys.overrides])
          void client.invalidateQueries({ queryKey });
        onDone();
      }}
    />
  );
}
