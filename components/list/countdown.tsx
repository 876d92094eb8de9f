"use client";

import type { IconName } from "@/components/ui/icon";
import { Sign, type SignTone } from "@/components/ui/sign";
import { Ticking, useTicking, useTimeZone } from "@/components/ui/time";
import { clockStage, sayCountdown, type ClockStage } from "@/lib/kernel/words/durations";
import { sayExact } from "@/lib/kernel/words/instants";

const looks: Record<ClockStage, { tone: SignTone; icon: IconName }> = {
  calm: { tone: "ink", icon: "clock" },
  half: { tone: "amber", icon: "hourglass" },
  past: { tone: "red", icon: "alert" },
};

/** A running clock: what is left or how long it is past, turning at half of its time and at its end. The exact instant on hover. */
export function Countdown({ startedAt, dueAt, serverNow }: { startedAt: string; dueAt: string; serverNow: string }) {
  const [start, due] = [Date.parse(startedAt), Date.parse(dueAt)];
  const stage = useTicking<ClockStage>((now) => clockStage(start, due, now), serverNow);
  const zone = useTimeZone();
  return (
    <span className={stage === "past" ? "font-semibold" : undefined}>
      <Sign {...looks[stage]} title={`Due ${sayExact(dueAt, zone)}`}>
        <Ticking says={(now) => sayCountdown(due, now)} serverNow={serverNow} />
      </Sign>
    </span>
  );
}
