"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Failure } from "@/components/act/failure";
import { announce } from "@/components/shell/announcer";
import { ask, type AskFailure } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import { Exact } from "@/components/ui/time";
import type { DutyView } from "@/lib/areas/duty/contract";
import { dutyKeys } from "@/lib/areas/duty/queries/options";
import { roleNames, type Role } from "@/lib/model/roles";
import type { DutyActions } from "./duty-badge";
import { offerOf, sayBadge, sayNobody } from "./prepare";

type Props = { duties: DutyView; meId: string; actions: DutyActions; onClose: () => void };

/** Who is on duty as what and since when; and what this person may change about it, each with what it does. */
export default function DutyDialog({ duties, meId, actions, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const client = useQueryClient();
  const [busy, setBusy] = useState<Role | null>(null);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  useEffect(() => dialog.current?.showModal(), []);

  const change = async (act: "take" | "leave", { role, person }: DutyView[number]) => {
    if (busy) return;
    setBusy(role);
    const answer = await ask(() => actions[act]({ role, from: person?.id ?? null }));
    setBusy(null);
    setFailure(answer.done ? null : answer.failure);
    if (!answer.done) return void client.invalidateQueries({ queryKey: dutyKeys.duty });
    client.setQueryData(dutyKeys.duty, answer.data);
    announce(`${sayBadge(answer.data, meId)}.`, "green");
  };

  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby="duty-title"
      className="w-[40rem] max-w-[calc(100vw-2rem)] rounded border border-line bg-raised p-4 text-ink"
    >
      <h2 id="duty-title" className="mb-2 font-semibold">
        Who is on duty
      </h2>
      <p className="text-sm text-muted">
        New items go to who is on duty. Where nobody is on duty as a role, a word to it goes to everybody who holds it.
      </p>
      {failure && <Failure failure={failure} />}
      <ul>
        {duties.map((duty) => (
          <DutyLine
            key={duty.role}
            duty={duty}
            meId={meId}
            busy={busy === duty.role}
            onAct={(act) => void change(act, duty)}
          />
        ))}
      </ul>
      <form method="dialog" className="mt-3">
        <Button type="submit">Close</Button>
      </form>
    </dialog>
  );
}

function DutyLine({
  duty,
  meId,
  busy,
  onAct,
}: {
  duty: DutyView[number];
  meId: string;
  busy: boolean;
  onAct: (act: "take" | "leave") => void;
}) {
  const offer = offerOf(duty, meId);
  const id = `duty-${duty.role}`;
  return (
    <li
      aria-label={roleNames[duty.role]}
      className="grid grid-cols-[10rem_minmax(0,1fr)] gap-x-3 border-b border-line py-2 max-sm:grid-cols-[minmax(0,1fr)]"
    >
      <span className="font-medium">{roleNames[duty.role]}</span>
      <div className="space-y-1">
        <p>
          {duty.person ? (
            <>
              <bdi>{duty.person.name}</bdi>
              {duty.person.id === meId && " (you)"}
              {duty.since && (
                <span className="text-sm text-muted">
                  , since <Exact at={duty.since} />
                </span>
              )}
            </>
          ) : (
            <span className="text-muted">{sayNobody(duty)}</span>
          )}
        </p>
        {offer && (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Button pending={busy} onClick={() => onAct(offer.act)} aria-describedby={id}>
              {offer.button}
            </Button>
            <span id={id} className="min-w-48 flex-1 text-sm text-muted">
              {offer.consequence}
            </span>
          </div>
        )}
      </div>
    </li>
  );
}
