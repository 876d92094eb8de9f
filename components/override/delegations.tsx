"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ActForm } from "@/components/act/act-form";
import { Failure } from "@/components/act/failure";
import { useActForm } from "@/components/act/use-act-form";
import { WhenRead } from "@/components/list/when-read";
import { announce } from "@/components/shell/announcer";
import { ask, type AskFailure } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { Exact } from "@/components/ui/time";
import type { DelegateInput, DelegationsView, DelegationView } from "@/lib/areas/override/contract";
import { overrideKeys, delegationsQuery } from "@/lib/areas/override/queries/options";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { tickedTime } from "@/lib/kernel/query/server-clock";
import { mostDelegationDays } from "@/lib/model/limits";

type Answer = Promise<ActionResult<DelegationsView>>;
export type DelegationActions = {
  delegate: (input: DelegateInput) => Answer;
  endDelegation: (input: { id: string }) => Answer;
};

/** Who may decide in whose place and until when; who is accountable makes and ends it. */
export default function Delegations({ actions }: { actions: DelegationActions }) {
  return (
    <WhenRead of={useQuery(delegationsQuery)} reading="Reading the delegations" rows={2}>
      {(data) => (
        <div className="max-w-3xl space-y-3">
          {data.delegations.length === 0 && <p className="text-sm text-muted">No delegation is in force or planned.</p>}
          <ul>
            {data.delegations.map((delegation) => (
              <Line key={delegation.id} delegation={delegation} end={actions.endDelegation} />
            ))}
          </ul>
          {data.may.allowed ? (
            <Make view={data} delegate={actions.delegate} />
          ) : (
            <p className="text-sm text-muted">{data.may.because}</p>
          )}
        </div>
      )}
    </WhenRead>
  );
}

function Line({ delegation, end }: { delegation: DelegationView; end: DelegationActions["endDelegation"] }) {
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const { id, from, to, since, until, mine } = delegation;
  const press = async () => {
    setPending(true);
    const answer = await ask(() => end({ id }));
    setPending(false);
    if (!answer.done) return setFailure(answer.failure);
    client.setQueryData(overrideKeys.delegations, answer.data);
    void client.invalidateQueries({ queryKey: overrideKeys.overrides });
    announce(`${to.name} does not decide in your place any more.`, "green");
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 border-b border-line py-1 text-sm">
      <span>
        <bdi className="font-medium">{to.name}</bdi> decides on overrides in the place of{" "}
        <bdi className="font-medium">{from.name}</bdi>, from <Exact at={since} /> until <Exact at={until} />.
      </span>
      {mine && (
        <Button pending={pending} size="small" onClick={() => void press()}>
          {pending ? "Ending…" : "End it now"}
        </Button>
      )}
      {failure && <Failure failure={failure} />}
    </li>
  );
}

type Typed = { toId: string; from: string; until: string };

function judge({ toId, from, until }: Typed) {
  const start = from ? Date.parse(from) : tickedTime();
  const end = Date.parse(until);
  const late = Number.isNaN(end)
    ? "Say until when."
    : end <= start
      ? "The end lies after the beginning."
      : end - start > mostDelegationDays * 86_400_000
        ? `At most ${mostDelegationDays} days.`
        : undefined;
  return { toId: toId ? undefined : "Choose a colleague.", until: late };
}

function Make({ view, delegate }: { view: DelegationsView; delegate: DelegationActions["delegate"] }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState<Typed>({ toId: "", from: "", until: "" });
  const to = view.candidates.find(({ id }) => id === typed.toId);
  const form = useActForm({
    judge: () => judge(typed),
    send: async () => {
      const instant = (text: string) => new Date(text ? Date.parse(text) : tickedTime()).toISOString();
      const answer = await ask(() =>
        delegate({ toId: typed.toId, from: instant(typed.from), until: instant(typed.until) }),
      );
      if (!answer.done) return answer.failure;
      client.setQueryData(overrideKeys.delegations, answer.data);
      return null;
    },
    onDone: () => {
      announce(`${to?.name ?? "Your colleague"} may decide in your place.`, "green");
      setTyped({ toId: "", from: "", until: "" });
    },
  });
  const change = (part: Partial<Typed>) => {
    setTyped({ ...typed, ...part });
    form.changed();
  };
  if (view.candidates.length === 0)
    return (
      <p className="text-sm text-muted">
        You may let somebody of the backup role decide in your place, but nobody else holds it.
      </p>
    );
  return (
    <ActForm
      name="Delegate deciding"
      form={form}
      typed={typed.from !== "" || typed.until !== ""}
      consequence={`${to?.name ?? "Who you choose"} may approve and deny overrides in your place in this time; both names are recorded with each decision. Neither of you may have asked for it.`}
      submit={["Delegate deciding", "Delegating…"]}
    >
      <div className="grid gap-3 sm:grid-cols-3">
        <SelectField
          id="delegate-to"
          name="toId"
          label="To"
          value={typed.toId}
          error={form.problems.toId}
          onChange={(event) => change({ toId: event.target.value })}
        >
          <option value="">Choose a colleague</option>
          {view.candidates.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          id="delegate-from"
          name="from"
          type="datetime-local"
          label="From"
          hint="Empty: from now on. Your own time zone."
          value={typed.from}
          error={form.problems.from}
          onChange={(event) => change({ from: event.target.value })}
        />
        <TextField
          id="delegate-until"
          name="until"
          type="datetime-local"
          label="Until"
          value={typed.until}
          error={form.problems.until}
          onChange={(event) => change({ until: event.target.value })}
        />
      </div>
    </ActForm>
  );
}
