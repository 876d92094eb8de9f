import type { Metadata } from "next";
import type { Rights } from "@/components/escalation/prepare-selection";
import { Queue } from "@/components/escalation/queue";
import { Refused } from "@/components/shell/refused";
import { keysOfActs } from "@/lib/areas/escalation/acts/escalation-acts";
import { listQuerySchema } from "@/lib/areas/escalation/contract";
import type { BulkAct } from "@/lib/areas/escalation/domain/stays";
import { listAddress } from "@/lib/areas/escalation/queries/list-parameters";
import { toMayDo } from "@/lib/kernel/act/may-do";
import { systemClock } from "@/lib/kernel/time";
import { actions as table } from "@/lib/model/actions";
import { decide, rolesThatMay, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { escalationPaths, paths, type EscalationPath } from "@/lib/model/paths";
import { access, drawnFor } from "../access";
import { ShellOf } from "../shell-of";
import { actOnEscalation, actOnMany, dropView, keepView } from "./actions";
import { queueReads } from "./reads";

export const metadata: Metadata = { title: "Escalations" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const actions = { act: actOnEscalation, many: actOnMany, keepView, dropView };

export default async function EscalationsPage({ searchParams }: Props) {
  const query = listQuerySchema.parse(await searchParams);
  const { person, decision } = await access(
    "escalation.view",
    listAddress(query, { after: query.after, before: query.before }),
  );
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  return (
    <ShellOf person={person} reads={() => queueReads(decision.grant, query, systemClock())}>
      <Queue
        query={query}
        me={{ id: person.id, name: person.name }}
        may={rightsOf(person)}
        keys={keysOfActs}
        actions={drawnFor(person, actions)}
      />
    </ShellOf>
  );
}

/** What the person may do to items of each path, and which roles work on them; the page offers no more, and says whose the rest is. */
function rightsOf(person: PersonActor): Rights {
  const ofEach = <T,>(of: (path: EscalationPath) => T) =>
    Object.fromEntries(escalationPaths.map((path) => [path, of(path)])) as Record<EscalationPath, T>;
  const may = (act: BulkAct) => ofEach((path) => toMayDo(decide(operatingModel, `escalation.${act}`, person, path)));
  return {
    claim: may("claim"),
    assign: may("assign"),
    resolve: may("resolve"),
    workers: ofEach((path) => rolesThatMay(operatingModel, paths[path].activity, table["escalation.claim"].duty)),
  };
}
