"use client";

import type { IconName } from "@/components/ui/icon";
import { Sign, type SignTone } from "@/components/ui/sign";
import { Ticking, useTicking, useTimeZone } from "@/components/ui/time";
import { clockStage, endStage, sayCountdown, sayDeadline, sayEnd, type ClockStage } from "@/lib/kernel/words/clocks";
import { sayExact } from "@/lib/kernel/words/instants";

type Look = { tone: SignTone; icon: IconName };

const calm: Look = { tone: "ink", icon: "clock" };
const half: Look = { tone: "amber", icon: "hourglass" };
const missed: Look = { tone: "red", icon: "alert" };

/** What a clock runs to: an SLA, a decision that is owed, or the end of what holds until then. */
const kinds = {
  sla: { says: sayCountdown, stageOf: clockStage, past: missed, exactly: "Due" },
  decision: { says: sayDeadline, stageOf: clockStage, past: missed, exactly: "To be decided by" },
  end: { says: sayEnd, stageOf: endStage, past: { tone: "muted", icon: "clock" } as Look, exactly: "Ends" },
};

type Props = {
  to: keyof typeof kinds;
  /** When it began to run; `at` where that is not known: then it is never calm. */
  from: string;
  at: string;
  serverNow: string;
};

/** A running clock: what is left or how long it is past, turning at half of its time and at its end. The exact instant on hover. */
export function Clock({ to, from, at, serverNow }: Props) {
  const { says, stageOf, past, exactly } = kinds[to];
  const [start, end] = [Date.parse(from), Date.parse(at)];
  const stage = useTicking<ClockStage>((now) => stageOf(start, end, now), serverNow);
  const zone = useTimeZone();
  const look = { calm, half, past }[stage];
  return (
    <span className={look === missed ? "font-semibold" : undefined}>
      <Sign {...look} title={`${exactly} ${sayExact(at, zone)}`}>
        <Ticking says={(now) => says(end, now)} serverNow={serverNow} />
      </Sign>
    </span>
  );
}
