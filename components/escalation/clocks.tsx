"use client";

import { Clock } from "@/components/list/clock";
import { Fact } from "@/components/ui/section";
import { Sign } from "@/components/ui/sign";
import { AsOf } from "@/components/ui/time";
import type { ClockView, EscalationDetail } from "@/lib/areas/escalation/contract";
import { theRoles } from "@/lib/kernel/words/roles";
import { bySort, nameOfClock, standingOfSla, standingOfStep, type ClockStanding } from "./prepare-clocks";

type Props = { detail: EscalationDetail; serverNow: string };

/** The SLA clocks as facts: running ones count down, stopped ones say when and whether in time. */
export function SlaClocks({ detail, serverNow }: Props) {
  return bySort(detail.clocks).slas.map((clock) => (
    <Fact key={clock.name} name={nameOfClock(clock)}>
      <Standing clock={clock} standing={standingOfSla(clock)} serverNow={serverNow} />
    </Fact>
  ));
}

/** The steps of the ladder: which, when, whom to; taken, ahead, or not needed. */
export function Ladder({ detail, serverNow }: Props) {
  const { steps } = bySort(detail.clocks);
  if (steps.length === 0) return null;
  return (
    <ul aria-label="Steps of the ladder" className="space-y-1 text-sm">
      {steps.map((step) => (
        <li key={step.name} className="flex flex-wrap gap-x-4">
          <span className="min-w-56">
            Level {step.level}: {theRoles(step.to)}
          </span>
          <Standing clock={step} standing={standingOfStep(step, detail)} serverNow={serverNow} />
          {step.stoppedAt === null && step.firedAt === null && step.level > detail.level && (
            <span className="text-muted">
              at <AsOf at={step.dueAt} serverNow={serverNow} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Standing({ clock, standing, serverNow }: { clock: ClockView; standing: ClockStanding; serverNow: string }) {
  if (standing.kind === "runs") return <Clock to="sla" from={clock.startedAt} at={clock.dueAt} serverNow={serverNow} />;
  return (
    <Sign tone={standing.tone} icon={standing.icon}>
      {standing.says}
      {standing.at && (
        <>
          {" "}
          <AsOf at={standing.at} serverNow={serverNow} />
        </>
      )}
    </Sign>
  );
}
