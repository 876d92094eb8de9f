"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AskedForm } from "@/components/act/asked-form";
import { overrideKeys } from "@/lib/areas/override/queries/options";
import type { Fields } from "@/lib/kernel/act/view";
import RequestForm, { type RequestOverride } from "./request-form";

/** Asks for an owner directly, without an item of the queue, and goes to the request. */
export function NewRequest({ most, owner, request }: { most: number; owner: string; request: RequestOverride }) {
  const router = useRouter();
  const client = useQueryClient();
  const [fields, setFields] = useState<Fields>({ owner });
  return (
    <div className="max-w-2xl">
      <AskedForm value={1}>
        <RequestForm
          about={{ owner: null }}
          most={most}
          fields={fields}
          onFields={(change) => setFields((before) => ({ ...before, ...change }))}
          request={request}
          onDone={(id) => {
            void client.invalidateQueries({ queryKey: overrideKeys.overrides });
            router.push(`/overrides/${id}`);
          }}
        />
      </AskedForm>
    </div>
  );
}
