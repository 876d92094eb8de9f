import type { Metadata } from "next";
import { Hydrate } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { Sources } from "@/components/source/sources";
import { sourceKeys } from "@/lib/areas/source/queries/options";
import { sourceView } from "@/lib/areas/source/read/view";
import { systemClock } from "@/lib/kernel/time";
import { access } from "../access";

export const metadata: Metadata = { title: "Sources" };

export default async function SourcesPage() {
  const { person, decision } = await access("source.view", "/sources");
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  const view = await sourceView(decision.grant, systemClock());
  return (
    <Hydrate known={[[sourceKeys.sources, view]]}>
      <Sources />
    </Hydrate>
  );
}
