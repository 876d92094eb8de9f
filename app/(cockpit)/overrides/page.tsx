import type { Metadata } from "next";
import { Overrides } from "@/components/override/overrides";
import { Refused } from "@/components/shell/refused";
import { overrideQuerySchema } from "@/lib/areas/override/contract";
import { overrideParameters, overridesAddress } from "@/lib/areas/override/queries/address";
import { systemClock } from "@/lib/kernel/time";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { access, drawnFor } from "../access";
import { ShellOf } from "../shell-of";
import * as act from "./actions";
import { overrideReads } from "./reads";

export const metadata: Metadata = { title: "Overrides" };

const actions = { settle: act.settleFinding, delegate: act.delegateDecisions, endDelegation: act.withdrawDelegation };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OverridesPage({ searchParams }: Props) {
  const { after: _, ...query } = overrideQuerySchema.parse(await searchParams);
  const { person, decision } = await access("override.view", overridesAddress(query));
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  const asking = decide(operatingModel, "override.request", person);
  return (
    <ShellOf person={person} reads={() => overrideReads(decision.grant, query, systemClock())}>
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
    </ShellOf>
  );
}
