"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActForm } from "@/components/act/act-form";
import { AskedForm } from "@/components/act/asked-form";
import { Choice } from "@/components/act/choice";
import { Reasons } from "@/components/act/refusals";
import { useActForm } from "@/components/act/use-act-form";
import { ask } from "@/components/shell/ask";
import { TextField } from "@/components/ui/field";
import type { OpenInput } from "@/lib/areas/escalation/contract-acts";
import { limits } from "@/lib/areas/escalation/limits";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { room } from "@/lib/kernel/limits";
import { escalationPaths, paths, type EscalationPath } from "@/lib/model/paths";
import { severities } from "@/lib/model/severities";
import {
  asksForSeverity,
  closedPaths,
  judgeNew,
  sayOpening,
  saySeverity,
  subjectLabels,
  toInput,
  type MayOpen,
  type NewItem as Item,
} from "./prepare-new";

type Props = {
  may: MayOpen;
  first: EscalationPath;
  slaMinutes: number;
  open: (input: OpenInput) => Promise<ActionResult<{ id: string }>>;
};

/** An item opened by hand: which path, what it is about, and what will happen before it does. What was typed is kept across paths. */
export function NewItem({ may, first, slaMinutes, open }: Props) {
  const [item, setItem] = useState<Item>({
    path: first,
    subject: "",
    reason: "",
    owner: "",
    lane: "standard",
    slaMinutes: String(slaMinutes),
    severity: "",
  });
  const router = useRouter();
  const form = useActForm({
    judge: () => judgeNew(item),
    send: async () => {
      const answer = await ask(() => open(toInput(item)));
      if (!answer.done) return answer.failure;
      router.push(`/escalations/${answer.data.id}`);
      return null;
    },
    // The button stays busy until the new item's page is there.
    onDone: () => undefined,
  });
  const change = (part: Partial<Item>) => {
    setItem({ ...item, ...part });
    form.changed();
  };
  const offered = escalationPaths.filter((path) => may[path].allowed);
  const line = (name: "subject" | "reason" | "owner" | "lane", label: string, hint?: string) => (
    <TextField
      id={`new-${name}`}
      name={name}
      label={label}
      hint={hint}
      maxLength={room(limits[name])}
      autoComplete="off"
      value={item[name]}
      error={form.problems[name]}
      onChange={(event) => change({ [name]: event.target.value })}
    />
  );
  return (
    <div className="max-w-3xl space-y-4">
      <AskedForm value={1}>
        <ActForm
          name="New item"
          form={form}
          typed={[item.subject, item.reason, item.owner].some((text) => text.trim() !== "")}
          consequence={sayOpening(item, slaMinutes)}
          submit={["Open the item", "Opening…"]}
        >
          <Choice
            legend="Path"
            name="path"
            chosen={item.path}
            choices={offered.map((path) => ({
              value: path,
              name: paths[path].name,
              says: `Opened by ${paths[path].openedBy}.`,
            }))}
            onChoose={(path) => change({ path })}
          />
          {line("subject", subjectLabels[item.path].label, subjectLabels[item.path].hint)}
          {line("reason", "Reason", "One line; it becomes the item's title.")}
          {asksForSeverity(item.path) && (
            <Choice
              legend="Severity"
              name="severity"
              chosen={item.severity}
              error={form.problems.severity}
              choices={severities.map((severity) => ({
                value: severity,
                name: severity,
                says: `${saySeverity(severity).means}. ${saySeverity(severity).clocks}`,
              }))}
              onChoose={(severity) => change({ severity })}
            />
          )}
          <div className="grid gap-3 sm:grid-cols-3">
            {line("owner", "Owner (optional)")}
            {line("lane", "Lane")}
            {item.path === "policy_denial" && (
              <TextField
                id="new-slaMinutes"
                name="slaMinutes"
                label="SLA in minutes"
                inputMode="numeric"
                value={item.slaMinutes}
                error={form.problems.slaMinutes}
                onChange={(event) => change({ slaMinutes: event.target.value })}
              />
            )}
          </div>
        </ActForm>
      </AskedForm>
      <Reasons of={closedPaths(may)} />
    </div>
  );
}
