import type { Metadata } from "next";
import { Overrides } from "@/components/override/overrides";
import { Hydrate, type Known } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { overrideQuerySchema, type OverrideQuery } from "@/lib/areas/override/contract";
import { overrideParameters, overridesAddress } from "@/lib/areas/override/queries/address";
import { overrideKeys } from "@/lib/areas/override/queries/options";
import { readFindings } from "@/lib/areas/override/read/finding-list";
import { listOverrides } from "@/lib/areas/override/read/list";
import { systemClock } from "@/lib/kernel/time";
import { decide, type Grant } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { access, drawnFor } from "../access";
import * as act from "./actions";

export const metadata: Metadata = { title: "Overrides" };

const actions = { settle: act.settleFinding, delegate: act.delegateDecisions, endDelegation: act.withdrawDelegation };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OverridesPage({ searchParams }: Props) {
  const { after: _, ...query } = overrideQuerySchema.parse(await searchParams);
  const { person, decision } = await access("override.view", overridesAddress(query));
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  const asking = decide(operatingModel, "override.request", person);
  return (
    <Hydrate known={[await whatIsShown(decision.grant, query)]}>
      <Overrides
        key={overrideParameters(query)}
        query={query}
        mayAsk={
          asking.allowed
            ? { allowed: true, as: asking.role, letter: asking.letter }
            : { allowed: false, because: asking.because, whoCan: asking.whoCan }
        }
        actions={drawnFor(person, actions)}
      />
    </Hydrate>
  );
}

async function whatIsShown(grant: Grant<"override.view">, query: OverrideQuery): Promise<Known> {
  const now = systemClock();
  if (query.tab === "findings")
    return [overrideKeys.findings, { pages: [await readFindings(grant, {}, now)], pageParams: [null] }];
  return [overrideKeys.overrideList(query), { pages: [await listOverrides(grant, query, now)], pageParams: [null] }];
}
