"use client";

import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Me } from "@/components/act/form-values";
import { ask as askFor } from "@/components/shell/ask";
import { formIsThere } from "@/components/shell/type-ahead";
import type { Selection } from "@/components/table/use-selection";
import { Button } from "@/components/ui/button";
import { useTicking } from "@/components/ui/time";
import type { EscalationRow } from "@/lib/areas/escalation/contract";
import type { BulkInput, BulkOutcome } from "@/lib/areas/escalation/contract-acts";
import { bulkActs, type BulkAct } from "@/lib/areas/escalation/domain/stays";
import { escalationKeys, escalationDetail } from "@/lib/areas/escalation/queries/options";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import type { ActKey } from "@/lib/kernel/act/view";
import { tickedTime } from "@/lib/kernel/query/server-clock";
import { AssignMany, ClaimMany, noDraft, ResolveMany, type ManyProps } from "./bulk-forms";
import { BulkOutcomes } from "./bulk-outcomes";
import { isLateAt } from "./prepare-clocks";
import { sayMixture, tellOutcomes, type Rights, type Told } from "./prepare-selection";

export type ActOnMany = (input: BulkInput) => Promise<ActionResult<BulkOutcome[]>>;

type Props = {
  selection: Selection<EscalationRow>;
  loaded: readonly EscalationRow[];
  /** The act whose form is open. */
  asked: BulkAct | null;
  ask: (act: BulkAct | null) => void;
  me: Me;
  may: Rights;
  keys: readonly ActKey[];
  many: ActOnMany;
  serverNow: string;
};

/** Items selected but not in the list any more are looked up, so many at most; of the others the server will say. */
const mostLookedUp = 20;

function useCurrent(selected: ReadonlyMap<string, EscalationRow>, loaded: readonly EscalationRow[]): EscalationRow[] {
  const there = new Set(loaded.map(({ id }) => id));
  const missing = [...selected.keys()].filter((id) => !there.has(id)).slice(0, mostLookedUp);
  const found = new Map(
    useQueries({ queries: missing.map(escalationDetail) }).flatMap(({ data }) => (data ? [[data.id, data]] : [])),
  );
  return [...selected.values()].map((row) => found.get(row.id) ?? row);
}

const forms = { claim: ClaimMany, assign: AssignMany, resolve: ResolveMany };
const names: Readonly<Record<BulkAct, string>> = { claim: "Claim", assign: "Assign to…", resolve: "Resolve…" };

/** What can be done with everything that is selected, and how it ended. Stands at the window's foot, so that no row moves. */
export default function BulkBar({ selection, loaded, asked, ask, me, may, keys, many, serverNow }: Props) {
  const items = useCurrent(selection.items, loaded);
  const [draft, setDraft] = useState(noDraft);
  const [told, setTold] = useState<readonly Told[] | null>(null);
  const frame = useRef<HTMLElement>(null);
  const outcomes = useRef<HTMLDivElement>(null);
  const client = useQueryClient();
  // Drawn again when one of them becomes late.
  useTicking((now) => items.filter((item) => isLateAt(item, now)).length, serverNow);
  const facts = { me, may, now: tickedTime() };

  useEffect(() => {
    const form = asked && frame.current?.querySelector("form");
    if (form) formIsThere(form, "button[type=submit]");
  }, [asked]);
  useEffect(() => {
    if (told) outcomes.current?.focus({ preventScroll: true });
  }, [told]);

  if (!items.length && !told) return null;

  const send: ManyProps["send"] = async (plan, input) => {
    const answer = await askFor(() => many({ ...input, targets: plan.go.map(({ id, version }) => ({ id, version })) }));
    for (const queryKey of [escalationKeys.lists, escalationKeys.details, escalationKeys.summary])
      void client.invalidateQueries({ queryKey });
    if (!answer.done) return answer.failure;
    setTold(tellOutcomes(items, plan, answer.data));
    const done = answer.data.flatMap(({ id, ok }) => (ok ? [id] : []));
    selection.drop(done);
    // Whatever was refused may be tried again with the words that stand there.
    if (done.length === answer.data.length) {
      setDraft(noDraft);
      ask(null);
    }
    return null;
  };
  const end = () => {
    ask(null);
    setTold(null);
    selection.clear();
  };
  const escape = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (asked) ask(null);
    else end();
  };
  const Form = asked && items.length ? forms[asked] : null;
  const mixture = sayMixture(items, facts.now);
  return (
    <section
      ref={frame}
      aria-label="Selected items"
      data-holds-text={draft.note.trim() !== "" || draft.lateCause.trim() !== "" || undefined}
      onKeyDown={escape}
      className="selected-bar no-print sticky bottom-0 z-10 max-h-[70vh] space-y-3 overflow-y-auto border-t border-edge bg-raised px-4 py-2"
    >
      {told && <BulkOutcomes ref={outcomes} told={told} />}
      {Form && (
        <Form
          key={asked}
          items={items}
          facts={facts}
          draft={draft}
          onDraft={(change) => setDraft({ ...draft, ...change })}
          send={send}
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="mr-2">
          <strong className="font-semibold">{items.length} selected</strong>
          {mixture && <span className="text-sm text-muted"> {mixture}</span>}
        </p>
        {items.length > 0 &&
          bulkActs.map((act) => (
            <Button
              key={act}
              aria-expanded={asked === act}
              onClick={() => ask(asked === act ? null : act)}
              title={`${names[act]} (${keys.find((key) => key.act === act)?.letter})`}
            >
              {names[act]}
            </Button>
          ))}
        <Button look="quiet" className="ml-auto" onClick={end} title="End the selection (Escape)">
          {items.length > 0 ? "Clear" : "Close"}
        </Button>
      </div>
    </section>
  );
}
