"use client";

import { Section } from "@/components/ui/section";
import { AsOf, useTicking } from "@/components/ui/time";
import type { EscalationDetail, ReachView } from "@/lib/areas/escalation/contract";
import { letterNames, type Letter } from "@/lib/model/roles";
import { Ladder } from "./clocks";
import { isAhead, sayComesNext, sayHears } from "./prepare-reach";

type Props = { detail: EscalationDetail; serverNow: string };

const letters: readonly Letter[] = ["A", "R", "C", "I"];

/** What happens next by itself, whom it would reach at this moment, and who hears of the item now. */
export function WhatComesNext({ detail, serverNow }: Props) {
  const ahead = useTicking((now) => isAhead(detail, now), serverNow);
  const { comesNext, hears } = detail;
  const heard = letters
    .map((letter) => ({ letter, reaches: hears.filter((reach: ReachView) => reach.letter === letter) }))
    .filter(({ reaches }) => reaches.length > 0);
  return (
    <Section title="What comes next">
      {ahead && comesNext ? (
        <p>
          At <AsOf at={comesNext.at} serverNow={serverNow} /> {sayComesNext(comesNext, detail)}
        </p>
      ) : (
        <p className="text-muted">
          {comesNext
            ? "The next step is being taken now."
            : "Nothing happens by itself any more: every step has been taken."}
        </p>
      )}
      <Ladder detail={detail} serverNow={serverNow} />
      {heard.length > 0 && <h3 className="text-xs text-muted">Who hears of it now</h3>}
      {heard.length > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-sm">
          {heard.map(({ letter, reaches }) => (
            <div key={letter} className="contents">
              <dt className="text-muted">
                {letterNames[letter]} ({letter})
              </dt>
              <dd>{reaches.map(sayHears).join("; ")}</dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  );
}
