import type { Metadata } from "next";
import { bulkActs, type Rights } from "@/components/escalation/prepare-selection";
import { Queue } from "@/components/escalation/queue";
import { Hydrate } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { listQuerySchema } from "@/lib/areas/escalation/contract";
import { listAddress } from "@/lib/areas/escalation/queries/list-parameters";
import { escalationKeys } from "@/lib/areas/escalation/queries/options";
import { firstScrolled, scrollKey } from "@/lib/areas/escalation/queries/scroll";
import { listEscalations } from "@/lib/areas/escalation/read/list";
import { queueSummary } from "@/lib/areas/escalation/read/queue-summary";
import type { MayDo } from "@/lib/kernel/contract";
import { systemClock } from "@/lib/kernel/time";
import type { ItemActionId } from "@/lib/model/actions";
import { decide, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { escalationPaths } from "@/lib/model/paths";
import { access, drawnFor } from "../access";
import { actOnEscalation, actOnMany, dropView, keepView } from "./actions";

export const metadata: Metadata = { title: "Escalations" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const actions = { act: actOnEscalation, many: actOnMany, keepView, dropView };

export default async function EscalationsPage({ searchParams }: Props) {
  const query = listQuerySchema.parse(await searchParams);
  const { person, decision } = await access("escalation.view", listAddress(query, { after: query.after, before: query.before }));
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  const now = systemClock();
  const [page, summary] = await Promise.all([listEscalations(decision.grant, query, now), queueSummary(decision.grant, now)]);
  return (
    <Hydrate known={[[scrollKey(query), firstScrolled(query, page)], [escalationKeys.summary, summary]]}>
      <Queue query={query} me={{ id: person.id, name: person.name }} may={rightsOf(person)} actions={drawnFor(person, actions)} />
    </Hydrate>
  );
}

/** What the person may do to items of each path; the page offers no more, and says whose the rest is. */
function rightsOf(person: PersonActor): Rights {
  const mayDo = (action: ItemActionId, path: (typeof escalationPaths)[number]): MayDo => {
    const decision = decide(operatingModel, action, person, path);
    return decision.allowed ? { allowed: true, as: decision.role, letter: decision.letter } : { allowed: false, because: decision.because, whoCan: decision.whoCan };
  };
  return Object.fromEntries(bulkActs.map((act) => [act, Object.fromEntries(escalationPaths.map((path) => [path, mayDo(`escalation.${act}`, path)]))])) as Rights;
}
