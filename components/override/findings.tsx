"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { ActForm } from "@/components/act/act-form";
import { AskedForm } from "@/components/act/asked-form";
import { useActForm } from "@/components/act/use-act-form";
import { Clock } from "@/components/list/clock";
import { EmptyList } from "@/components/list/empty-list";
import { ShowMore } from "@/components/list/show-more";
import { asOfLast, usePages } from "@/components/list/use-pages";
import { WhenRead } from "@/components/list/when-read";
import { announce } from "@/components/shell/announcer";
import { ask } from "@/components/shell/ask";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { FindingPage, FindingView, SettleFindingInput } from "@/lib/areas/override/contract";
import { limits } from "@/lib/areas/override/limits";
import { overrideKeys, findingList } from "@/lib/areas/override/queries/options";
import type { ActionResult } from "@/lib/kernel/act/action-result";
import { room } from "@/lib/kernel/limits";
import { sentenceProblem } from "@/lib/kernel/words/text";
import { visibleText } from "@/lib/kernel/words/visible-text";

export type SettleFinding = (input: SettleFindingInput) => Promise<ActionResult<FindingPage>>;

/** What thegent let pass without a decision made here; whose it is to look at, and that they did. */
export function Findings({ settle }: { settle: SettleFinding }) {
  const list = useInfiniteQuery(findingList);
  const [open, setOpen] = useState<string | null>(null);
  const { rows, serverNow } = usePages<FindingView, FindingPage>(list);
  return (
    <WhenRead of={list} reading="Reading the findings" rows={20} asOf={asOfLast}>
      {({ pages: [first] }) => (
        <>
          {first && <Whose page={first} />}
          {rows.length === 0 && (
            <EmptyList says="Nothing was made outside the cockpit, and every run that passed as overridden has a decision behind it, as far as thegent’s files were read." />
          )}
          <ul aria-label="Findings">
            {rows.map((finding) => (
              <li key={finding.id} className="border-b border-line">
                <Line
                  finding={finding}
                  serverNow={serverNow}
                  open={open === finding.id}
                  onOpen={first?.may.allowed ? () => setOpen(open === finding.id ? null : finding.id) : null}
                />
                {open === finding.id && !finding.seenAt && (
                  <Settle finding={finding} settle={settle} onDone={() => setOpen(null)} />
                )}
                {open === finding.id && finding.seenAt && <Whole finding={finding} />}
              </li>
            ))}
          </ul>
          <ShowMore of={list} />
        </>
      )}
    </WhenRead>
  );
}

function Whose({ page: { accountable, may } }: { page: FindingPage }) {
  return (
    <p className="px-4 py-1.5 text-sm text-muted">
      What thegent’s files say and no decision here stands behind, or say no more although it was decided here; that is
      written there again. Accountable for looking at them:{" "}
      {accountable.length ? accountable.map(({ name }) => name).join(", ") : "nobody holds the role"}.
      {!may.allowed && ` ${may.because}`}
    </p>
  );
}

const kinds: Readonly<Record<FindingView["kind"], string>> = {
  outside_override: "Override made in thegent",
  unbacked_run: "Run passed without one",
  override_back: "Ended here, honoured again",
  override_gone: "In force here, its line gone",
  override_cut: "In force here, cut short there",
};

function Line({
  finding,
  serverNow,
  open,
  onOpen,
}: {
  finding: FindingView;
  serverNow: string;
  open: boolean;
  onOpen: (() => void) | null;
}) {
  const { kind, owner, reason, at, expiresAt, runId, overrideId, seenAt, seenBy, seenNote } = finding;
  return (
    <div className="grid min-h-8 grid-cols-[12.5rem_10rem_minmax(0,1fr)_8.5rem_6.5rem_13rem] items-center gap-x-3 px-4 text-sm max-lg:grid-cols-[minmax(0,1fr)_auto] max-lg:py-1">
      <Sign tone={seenAt ? "muted" : "amber"} icon={seenAt ? "check" : "alert"}>
        {kinds[kind]}
      </Sign>
      <bdi className="truncate font-medium" title={visibleText(owner)}>
        {visibleText(owner)}
      </bdi>
      <span className="truncate max-lg:col-span-2" title={reason}>
        {runId && <bdi className="font-mono">{visibleText(runId)} </bdi>}
        {overrideId ? (
          <Link href={`/overrides/${overrideId}`} prefetch={false} className="text-accent underline">
            <bdi>{reason}</bdi>
          </Link>
        ) : (
          <bdi>{reason}</bdi>
        )}
      </span>
      <span>{expiresAt ? <Clock to="end" from={at} at={expiresAt} serverNow={serverNow} /> : null}</span>
      <span className="text-muted">
        <Ago at={at} serverNow={serverNow} />
      </span>
      <span className="flex items-center justify-end gap-2 max-lg:col-span-2">
        {seenAt ? (
          <span className="truncate text-muted" title={seenNote ?? undefined}>
            Looked at by <bdi>{seenBy?.name ?? "somebody who has left"}</bdi>
          </span>
        ) : (
          !onOpen && <span className="text-muted">Not looked at yet</span>
        )}
        {(onOpen || seenAt) && onOpen && (
          <Button look="quiet" size="tiny" aria-expanded={open} onClick={onOpen}>
            {seenAt ? "Note" : "I have looked at it…"}
          </Button>
        )}
      </span>
    </div>
  );
}

function Whole({ finding }: { finding: FindingView }) {
  return <p className="px-4 pb-2 text-sm wrap-anywhere whitespace-pre-wrap">{finding.seenNote}</p>;
}

function Settle({ finding, settle, onDone }: { finding: FindingView; settle: SettleFinding; onDone: () => void }) {
  const client = useQueryClient();
  const [note, setNote] = useState("");
  const form = useActForm({
    judge: () => ({ note: sentenceProblem("The note", note, limits.seen) ?? undefined }),
    send: async () => {
      const answer = await ask(() => settle({ id: finding.id, note }));
      await client.invalidateQueries({ queryKey: overrideKeys.overrides });
      return answer.done ? null : answer.failure;
    },
    onDone: () => {
      announce("It is noted that you have looked at it.", "green");
      onDone();
    },
  });
  return (
    <div className="max-w-2xl px-4 pb-3">
      <p className="pb-2 text-sm wrap-anywhere">
        <bdi>{finding.reason}</bdi>
      </p>
      <AskedForm value={1}>
        <ActForm
          typed={note.trim() !== ""}
          name={`Look at ${kinds[finding.kind].toLowerCase()} for ${visibleText(finding.owner)}`}
          form={form}
          consequence="Says that you have looked at it, and what you found. Nothing changes in thegent. The note stays in the audit trail."
          submit={["Note it", "Noting…"]}
        >
          <TextArea
            id={`settle-${finding.id}`}
            name="note"
            label="What you found"
            rows={2}
            maxLength={room(limits.seen)}
            value={note}
            error={form.problems.note}
            onChange={(event) => {
              setNote(event.target.value);
              form.changed();
            }}
          />
        </ActForm>
      </AskedForm>
    </div>
  );
}
