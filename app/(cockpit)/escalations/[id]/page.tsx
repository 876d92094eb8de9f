import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { itemAddress, viewOf } from "@/components/escalation/prepare-address";
import { Hydrate } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { findEscalationDetail } from "@/lib/areas/escalation/acts/read-escalation";
import { escalationKeys } from "@/lib/areas/escalation/queries/options";
import { env } from "@/lib/kernel/env";
import { systemClock } from "@/lib/kernel/time";
import { ttlSecondsOf } from "@/lib/model/settings";
import { access, drawnFor } from "../../access";
import { requestOverride } from "../../overrides/actions";
import { actOnEscalation } from "../actions";
import { Item } from "./item";

export const metadata: Metadata = { title: "Escalation" };

const actions = { act: actOnEscalation, requestOverride };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ from?: string | string[] }> };

export default async function EscalationPage({ params, searchParams }: Props) {
  const { id } = await params;
  const from = viewOf((await searchParams).from);
  const { person, decision } = await access("escalation.view", itemAddress(id, from));
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  if (!z.uuid().safeParse(id).success) notFound();
  const detail = await findEscalationDetail(decision.grant, id, systemClock());
  if (!detail) notFound();
  return (
    <Hydrate known={[[escalationKeys.detail(detail.id), detail]]}>
      <Item
        key={detail.id}
        id={detail.id}
        me={{ id: person.id, name: person.name }}
        actions={drawnFor(person, actions)}
        mostSeconds={ttlSecondsOf(env().settings)}
        from={from}
      />
    </Hydrate>
  );
}
