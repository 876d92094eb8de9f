import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { Review } from "@/components/drift/review/review";
import { ShowsLazily } from "@/components/drift/review/shows-lazily";
import { Hydrate } from "@/components/shell/hydrate";
import { Refused } from "@/components/shell/refused";
import { findEpisodeDetail } from "@/lib/areas/drift/acts/read-episode";
import { driftKeys } from "@/lib/areas/drift/queries/options";
import { systemClock } from "@/lib/kernel/time";
import { access, drawnFor } from "../../access";
import { actOnEpisode } from "../actions";

export const metadata: Metadata = { title: "Episode of drift" };

const actions = { act: actOnEpisode };

type Props = { params: Promise<{ id: string }> };

export default async function EpisodePage({ params }: Props) {
  const { id } = await params;
  const { person, decision } = await access("drift.view", `/drift/${id}`);
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  if (!z.uuid().safeParse(id).success) notFound();
  const detail = await findEpisodeDetail(decision.grant, id, systemClock());
  if (!detail) notFound();
  return (
    <Hydrate known={[[driftKeys.episode(detail.id), detail]]}>
      {/* The review's own sections, of what was found, are its children: they stand to the left of the decision. */}
      <Review key={detail.id} id={detail.id} actions={drawnFor(person, actions)}>
        <ShowsLazily id={detail.id} />
      </Review>
    </Hydrate>
  );
}
