import type { Metadata } from "next";
import { Queue } from "@/components/escalations/queue";
import { Hydrate } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { systemClock } from "@/lib/clock";
import { listQuerySchema } from "@/lib/contracts/escalations";
import { listEscalations } from "@/lib/data/escalation-list";
import { queueSummary } from "@/lib/data/queue-summary";
import { decide } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import { listAddress } from "@/lib/queries/list-parameters";
import { keys } from "@/lib/queries/options";
import { access } from "../access";
import { claimEscalation } from "./actions";

export const metadata: Metadata = { title: "Escalations" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function EscalationsPage({ searchParams }: Props) {
  const query = listQuerySchema.parse(await searchParams);
  const { person, decision } = await access("escalation.view", listAddress(query, { after: query.after }));
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  const now = systemClock();
  const [page, summary] = await Promise.all([listEscalations(decision.grant, query, now), queueSummary(decision.grant, now)]);
  const claim = decide(operatingModel, "escalation.claim", person);
  return (
    <Hydrate known={[[keys.list(query), page], [keys.summary, summary]]}>
      <Queue
        query={query}
        me={{ id: person.id, name: person.name }}
        mayClaim={claim.allowed ? { allowed: true, as: claim.role, letter: claim.letter } : claim}
        actions={{ claim: claimEscalation }}
      />
    </Hydrate>
  );
}
