import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { Detail } from "@/components/override/detail";
import { Hydrate } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { findOverrideDetail } from "@/lib/areas/override/acts/read-override";
import { overrideKeys } from "@/lib/areas/override/queries/options";
import { env } from "@/lib/kernel/env";
import { systemClock } from "@/lib/kernel/time";
import { ttlSecondsOf } from "@/lib/model/settings";
import { access, drawnFor } from "../../access";
import { actOnOverride, requestOverride } from "../actions";

export const metadata: Metadata = { title: "Override" };

const actions = { act: actOnOverride, request: requestOverride };

type Props = { params: Promise<{ id: string }> };

export default async function OverridePage({ params }: Props) {
  const { id } = await params;
  const { person, decision } = await access("override.view", `/overrides/${id}`);
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  if (!z.uuid().safeParse(id).success) notFound();
  const detail = await findOverrideDetail(decision.grant, id, systemClock());
  if (!detail) notFound();
  return (
    <Hydrate known={[[overrideKeys.override(detail.id), detail]]}>
      <Detail key={detail.id} id={detail.id} most={ttlSecondsOf(env().settings)} actions={drawnFor(person, actions)} />
    </Hydrate>
  );
}
