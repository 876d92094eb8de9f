import type { Metadata } from "next";
import { Drift } from "@/components/drift/drift";
import { Hydrate } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { driftQuerySchema } from "@/lib/areas/drift/contract";
import { driftKeys } from "@/lib/areas/drift/queries/options";
import { driftView } from "@/lib/areas/drift/read/view";
import { systemClock } from "@/lib/kernel/time";
import { access } from "../access";

export const metadata: Metadata = { title: "Drift" };

export default async function DriftPage({ searchParams }: PageProps<"/drift">) {
  const { person, decision } = await access("drift.view", "/drift");
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  const { days } = driftQuerySchema.parse(await searchParams);
  const view = await driftView(decision.grant, days, systemClock());
  return (
    <Hydrate known={[[driftKeys.view(days), view]]}>
      <Drift days={days} />
    </Hydrate>
  );
}
