import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { Detail } from "@/components/escalations/detail";
import { Hydrate } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { systemClock } from "@/lib/clock";
import { findEscalationDetail } from "@/lib/data/escalation-detail";
import { keys } from "@/lib/queries/options";
import { access } from "../../access";
import { claimEscalation, releaseEscalation, resolveEscalation, retryEscalation, signOffBreach } from "../actions";

export const metadata: Metadata = { title: "Escalation" };

const actions = { claim: claimEscalation, release: releaseEscalation, resolve: resolveEscalation, retry: retryEscalation, signOff: signOffBreach };

export default async function EscalationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { person, decision } = await access("escalation.view", `/escalations/${id}`);
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  if (!z.uuid().safeParse(id).success) notFound();
  const detail = await findEscalationDetail(decision.grant, id, systemClock());
  if (!detail) notFound();
  return (
    <Hydrate known={[[keys.detail(detail.id), detail]]}>
      <Detail key={detail.id} id={detail.id} me={{ id: person.id, name: person.name }} actions={actions} />
    </Hydrate>
  );
}
