import type { Metadata } from "next";
import { Hydrate } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { Sources } from "@/components/sources/sources";
import { systemClock } from "@/lib/clock";
import { sourceView } from "@/lib/data/source-view";
import { sourceKeys } from "@/lib/queries/source-queries";
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
