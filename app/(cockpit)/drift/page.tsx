import type { Metadata } from "next";
import { Drift } from "@/components/drift/drift";
import { Sweep } from "@/components/drift/sweep";
import { Hydrate, type Known } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { driftQuerySchema } from "@/lib/areas/drift/contract";
import { driftKeys } from "@/lib/areas/drift/queries/options";
import { sweepView } from "@/lib/areas/drift/read/sweeps";
import { driftView } from "@/lib/areas/drift/read/view";
import { systemClock } from "@/lib/kernel/time";
import { access, drawnFor } from "../access";
import { sweepNow } from "./sweep/actions";

export const metadata: Metadata = { title: "Drift" };

export default async function DriftPage({ searchParams }: PageProps<"/drift">) {
  const { person, decision } = await access("drift.view", "/drift");
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  const { days } = driftQuerySchema.parse(await searchParams);
  const now = systemClock();
  const [view, sweeps] = await Promise.all([
    driftView(decision.grant, days, now),
    sweepView(decision.grant, person, now),
  ]);
  const known: Known[] = [
    [driftKeys.view(days), view],
    [driftKeys.sweep, sweeps],
  ];
  return (
    <Hydrate known={known}>
      <Drift days={days} sweep={<Sweep {...drawnFor(person, { sweepNow })} />} />
    </Hydrate>
  );
}
