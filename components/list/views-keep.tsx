"use client";

import { useState } from "react";
import { useActForm } from "@/components/act/use-act-form";
import type { AskFailure } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { room, type Limit } from "@/lib/kernel/limits";
import { sentenceProblem } from "@/lib/kernel/words/text";

/** `shared`: everybody is to see it. */
export type NewView = { name: string; shared: boolean };

/** Keeps what the list shows now under a name. What was typed stays until it is kept. */
export function KeepView({ limit, keep }: { limit: Limit; keep: (input: NewView) => Promise<AskFailure | null> }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const form = useActForm({
    judge: () => ({ name: sentenceProblem("The name", name, limit) ?? undefined }),
    send: () => keep({ name, shared }),
    onDone: () => setOpen(false),
  });
  if (!open) {
    return (
      <Button look="quiet" size="small" className="w-full justify-start border-t-line" onClick={() => setOpen(true)}>
        Save this view…
      </Button>
    );
  }
  return (
    <form
      onSubmit={form.onSubmit}
      onBlur={form.onBlur}
      noValidate
      aria-label="Save this view"
      data-holds-text={name.trim() !== "" || undefined}
      className="space-y-2 border-t border-line pt-2"
    >
      <TextField
        id="view-name"
        name="name"
        label="Name"
        autoFocus
        maxLength={room(limit)}
        value={name}
        error={form.problems.name}
        onChange={(event) => {
          setName(event.target.value);
          form.changed();
        }}
      />
      <label className="flex items-center gap-2">
        <input type="checkbox" name="shared" checked={shared} onChange={(event) => setShared(event.target.checked)} />
        Everyone sees it
      </label>
      <SubmitButton look="primary" pending={form.pending}>
        {form.pending ? "Saving…" : "Save"}
      </SubmitButton>
    </form>
  );
}
