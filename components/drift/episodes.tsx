import Link from "next/link";
import { Section } from "@/components/ui/section";
import { Sign } from "@/components/ui/sign";
import { Ago } from "@/components/ui/time";
import type { EpisodeView } from "@/lib/areas/drift/contract";
import { sayMany } from "@/lib/kernel/words/quantities";
import { episodeSigns } from "./review/episode-head";

/** Drift that was found, from when it was until it ended: each is an item of the queue, where it is worked on. */
export function Episodes({ episodes, serverNow }: { episodes: readonly EpisodeView[]; serverNow: string }) {
  const open = episodes.filter(({ endedAt }) => endedAt === null).length;
  return (
    <Section title="Episodes" aside={episodes.length ? `${sayMany(open, "episode")} open` : undefined}>
      {episodes.length === 0 && (
        <p className="text-sm text-muted">
          None. Drift over its budget, or output that got worse, opens one by itself, as an item of the queue.
        </p>
      )}
      <ul className="space-y-3 text-sm">
        {episodes.map((episode) => (
          <li key={episode.id} className="space-y-0.5">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <Link href={`/drift/${episode.id}`} prefetch={false} className="font-medium text-accent underline">
                <bdi>{episode.subject}</bdi>
              </Link>
              <Sign tone={episodeSigns[episode.status].tone} icon={episodeSigns[episode.status].icon}>
                {episodeSigns[episode.status].says}
              </Sign>
              {episode.holder && episode.endedAt === null && <bdi className="text-muted">{episode.holder}</bdi>}
              {episode.adapterChange && <span className="text-muted">adapter change required</span>}
            </p>
            <p>
              <bdi>{episode.found.join("; ")}</bdi>
            </p>
            <p className="text-muted">
              Opened <Ago at={episode.openedAt} serverNow={serverNow} />
              {episode.endedAt ? (
                <>
                  , ended <Ago at={episode.endedAt} serverNow={serverNow} />
                </>
              ) : (
                episode.fineSince && (
                  <>
                    ; nothing of it is found since <Ago at={episode.fineSince} serverNow={serverNow} />
                  </>
                )
              )}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
