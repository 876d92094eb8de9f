import { repr, round } from "@/lib/thegent/python/float";
import type { DriftKind } from "@/lib/thegent/records/telemetry-event";
import type { Regression } from "./detect";
import type { Budgets, DriftRates } from "./drift";

export const episodeStatuses = [
  "detected",
  "investigating",
  "remediating",
  "remediated",
  "accepted",
  "recovered",
] as const;
export type EpisodeStatus = (typeof episodeStatuses)[number];

/** In these it is open; of one subject only one is. */
const openStatuses = ["detected", "investigating", "remediating"] as const satisfies readonly EpisodeStatus[];
export const isOpen = ({ status }: { status: EpisodeStatus }): boolean => openStatuses.some((open) => open === status);

/** What an episode is about. Null: all contracts, all providers. Providers are told apart character by character, as thegent does. */
type EpisodeSubject = { contract: string | null; provider: string | null };

export type Finding = EpisodeSubject & { what: DriftKind | "fallback" | "confidence"; says: string };

export type Episode = EpisodeSubject & {
  id: string;
  status: EpisodeStatus;
  openedAt: Date;
  /** Since when nothing was found any more; null while something is. */
  fineSince: Date | null;
  /** Of an accepted one: when the waiver ends. */
  acceptedUntil: Date | null;
};

/** What thegent's figures find now: drift over budget is about all lines, a regression about all or about one provider. */
export function findingsOf(regressions: readonly Regression[], rates: DriftRates, budgets: Budgets): Finding[] {
  const over = (["structural", "semantic"] as const).filter((what) => rates[what] > budgets[what]);
  return [
    ...over.map((what): Finding => {
      const says = `${what} drift ${repr(round(rates[what], 2))} % of at most ${repr(budgets[what])} %`;
      return { contract: null, provider: null, what, says };
    }),
    ...regressions.map(({ provider, what, says }): Finding => ({ contract: null, provider, what, says })),
  ];
}

/** An episode to open; `previousId`: the waiver that ended, of drift that is still there. */
type Opening = EpisodeSubject & { findings: readonly Finding[]; previousId: string | null };

export type EpisodeChanges = {
  open: readonly Opening[];
  /** As they are next: found again, found fine, or recovered by themselves. */
  changed: readonly Episode[];
};

/**
 * What follows from looking at the figures. `episodes`: all that are open, and of each subject the last that was accepted. `findings` null: the
 * figures could not be had, and nothing is opened or recovers for want of them. One recovers once nothing was found for `quietMinutes`, so that
 * drift that comes and goes is one episode; one that somebody remediates is theirs to end.
 */
export function nextEpisodes(
  episodes: readonly Episode[],
  findings: readonly Finding[] | null,
  { now, quietMinutes }: { now: Date; quietMinutes: number },
): EpisodeChanges {
  if (findings === null) return { open: [], changed: [] };
  const found = bySubject(findings);
  const open = episodes.filter(isOpen);
  const openSubjects = new Set(open.map(subjectKey));
  const openings = [...found].flatMap(([key, [first, ...more]]) => {
    if (openSubjects.has(key)) return [];
    const waiver = latestWaiver(episodes, key);
    if (waiver?.acceptedUntil && now < waiver.acceptedUntil) return [];
    const { contract, provider } = first;
    return [{ contract, provider, findings: [first, ...more], previousId: waiver?.id ?? null }];
  });
  const changed = open.flatMap((episode) => {
    const next = afterLooking(episode, found.has(subjectKey(episode)), now, quietMinutes);
    return next === episode ? [] : [next];
  });
  return { open: openings, changed };
}

function afterLooking(episode: Episode, isFound: boolean, now: Date, quietMinutes: number): Episode {
  if (isFound) return episode.fineSince ? { ...episode, fineSince: null } : episode;
  const fineSince = episode.fineSince ?? now;
  const isQuiet = now.getTime() - fineSince.getTime() >= quietMinutes * 60_000;
  if (isQuiet && episode.status !== "remediating") return { ...episode, fineSince, status: "recovered" };
  return episode.fineSince ? episode : { ...episode, fineSince };
}

const subjectKey = ({ contract, provider }: EpisodeSubject): string => JSON.stringify([contract, provider]);

function bySubject(findings: readonly Finding[]): Map<string, [Finding, ...Finding[]]> {
  const found = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const known = found.get(subjectKey(finding));
    if (known) known.push(finding);
    else found.set(subjectKey(finding), [finding]);
  }
  return found;
}

const latestWaiver = (episodes: readonly Episode[], key: string): Episode | undefined =>
  episodes
    .filter((one) => one.status === "accepted" && subjectKey(one) === key)
    .sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime())
    .at(-1);

/** What a person does to an episode. A false alarm is none of these: it stays under investigation until the figures recover. */
export type EpisodeMove = "investigate" | "remediate" | "finish" | "accept";

/** Which statuses a move leaves, and which it leads to. */
const moves: Readonly<Record<EpisodeMove, { from: readonly EpisodeStatus[]; to: EpisodeStatus }>> = {
  investigate: { from: ["detected"], to: "investigating" },
  remediate: { from: ["investigating"], to: "remediating" },
  finish: { from: ["remediating"], to: "remediated" },
  accept: { from: ["investigating", "remediating"], to: "accepted" },
};

type EpisodeRejection =
  | { why: "already-ended"; status: EpisodeStatus }
  | { why: "not-from-here"; status: EpisodeStatus }
  /** Accepting drift ends, and later than now. */
  | { why: "no-end" };

export type EpisodeTransition = { ok: true; next: Episode } | { ok: false; rejection: EpisodeRejection };

/** The episode after a move; `until` belongs to accepting alone, whose approval is decided elsewhere. */
export function decideMove(
  episode: Episode,
  move: EpisodeMove,
  { now, until = null }: { now: Date; until?: Date | null },
): EpisodeTransition {
  const refuse = (rejection: EpisodeRejection): EpisodeTransition => ({ ok: false, rejection });
  if (!isOpen(episode)) return refuse({ why: "already-ended", status: episode.status });
  const { from, to } = moves[move];
  if (!from.includes(episode.status)) return refuse({ why: "not-from-here", status: episode.status });
  if (move !== "accept") return { ok: true, next: { ...episode, status: to } };
  return until && until > now
    ? { ok: true, next: { ...episode, status: to, acceptedUntil: until } }
    : refuse({ why: "no-end" });
}
