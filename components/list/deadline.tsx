"use client";

import type { IconName } from "@/components/ui/icon";
import { Sign, type SignTone } from "@/components/ui/sign";
import { Ticking, useTicking, useTimeZone } from "@/components/ui/time";
import { clockStage, type ClockStage } from "@/lib/kernel/words/durations";
import { sayExact } from "@/lib/kernel/words/instants";
import { endStage, sayDeadline, sayEnd } from "./say-left";

type Look = { tone: SignTone; icon: IconName };

const deadlineLooks: Record<ClockStage, Look> = {
  calm: { tone: "ink", icon: "clock" },
  half: { tone: "amber", icon: "hourglass" },
  past: { tone: "red", icon: "alert" },
};
const endLooks: Record<ClockStage, Look> = {
  calm: { tone: "ink", icon: "clock" },
  half: { tone: "amber", icon: "hourglass" },
  past: { tone: "muted", icon: "clock" },
};

type Props = { from: string; at: string; serverNow: string };

/** By when it is to be decided: what is left, or since when it is overdue. The exact instant on hover. */
export function Deadline({ from, at, serverNow }: Props) {
  const [start, due] = [Date.parse(from), Date.parse(at)];
  const stage = useTicking<ClockStage>((now) => clockStage(start, due, now), serverNow);
  const zone = useTimeZone();
  return (
    <span className={stage === "past" ? "font-semibold" : undefined}>
      <Sign {...deadlineLooks[stage]} title={`To be decided by ${sayExact(at, zone)}`}>
        <Ticking says={(now) => sayDeadline(due, now)} serverNow={serverNow} />
      </Sign>
    </span>
  );
}

/** How long it still holds. The exact instant on hover. */
export function EndsIn({ from, at, serverNow }: Props) {
  const [start, end] = [Date.parse(from), Date.parse(at)];
  const stage = useTicking<ClockStage>((now) => endStage(start, end, now), serverNow);
  const zone = useTimeZone();
  return (
    <Sign {...endLooks[stage]} title={`Ends ${sayExact(at, zone)}`}>
      <Ticking says={(now) => sayEnd(end, now)} serverNow={serverNow} />
    </Sign>
  );
}
