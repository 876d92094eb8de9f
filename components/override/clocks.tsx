"use client";

import { Sign } from "@/components/ui/sign";
import { useTicking, useTimeZone } from "@/components/ui/time";
import type { OverrideRow } from "@/lib/areas/override/contract";
import { sayExact } from "@/lib/kernel/words/instants";
import { sayConsultation } from "./prepare";

/** What became of the consultation; while advice is awaited, how long still. */
export function Consultation({
  row,
  serverNow,
}: {
  row: Pick<OverrideRow, "status" | "advice" | "consultUntil">;
  serverNow: string;
}) {
  const says = useTicking((now) => sayConsultation(row, now).says, serverNow);
  const awaited = useTicking((now) => sayConsultation(row, now).icon === "hourglass", serverNow);
  const zone = useTimeZone();
  const { tone, icon } = sayConsultation(row, awaited ? 0 : Date.parse(row.consultUntil));
  return (
    <Sign tone={tone} icon={icon} title={`Security/Compliance had until ${sayExact(row.consultUntil, zone)} to advise`}>
      {says}
    </Sign>
  );
}
