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
  "dismissed",
  "recovered",
] as const;
/** `dismissed`: a false alarm, or nothing that anybody has to do here; `recovered`: it ended by itself, which no decision is. */
export type EpisodeStatus = (typeof episodeStatuses)[number];

/** In these it is open; of one subject only one is. */
const openStatuses = ["detected", "investigating", "remediating"] as const satisfies readonly EpisodeStatus[];
export const isOpen = ({ status }: { status: EpisodeStatus }): boolean => openStatuses.some((open) => open === status);

/** What an episode is about. Null: all contracts, all providers. Providers are told apart character by character, as thegent does. */
type EpisodeSubject = { contract: string | null; provider: string | null };

export type FindingKind = DriftKind | "fallback" | "confidence";
export type Finding = EpisodeSubject & { what: FindingKind; says: string };

export type Episode = EpisodeSubject & {
  id: string;
  status: EpisodeStatus;
  openedAt: Date;
  /** Since when nothing was found any more; null while something is. */
  fineSince: Date | null;
  /** What was found of it when it was decided about, or as it opened. */
  kinds: readonly FindingKind[];
  /** When it was closed; null while it is open. */
  endedAt: Date | null;
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

/** An episode to open; `previousId`: the one that ended by a decision, of drift that is still there. */
type Opening = EpisodeSubject & { findings: readonly Finding[]; previousId: string | null };

export type EpisodeChanges = {
  open: readonly Opening[];
  /** As they are next: found again, found fine, or recovered by themselves. */
  changed: readonly Episode[];
  /** Accepted ones whose waiver ended with the drift gone: quietly. */
  lapsed: readonly string[];
};

const hourMs = 3_600_000;
/**
 * How long a decision keeps the drift that it was about from opening another episode, while it is found without a break. thegent's window still holds the
 * lines from before a remediation; but one that shows no effect in the time that the path gives it has failed, and a false alarm is looked at again each day.
 */
const holds: Partial<Record<EpisodeStatus, number>> = { remediated: 4 * hourMs, dismissed: 24 * hourMs };

/** Until when what was decided stands against the same drift; null: it does not. */
function holdsUntil({ status, endedAt, acceptedUntil, fineSince }: Episode): Date | null {
  if (status === "accepted") return acceptedUntil;
  const length = holds[status];
  return length && endedAt && !fineSince ? new Date(endedAt.getTime() + length) : null;
}

/**
 * What follows from looking at the figures. `episodes`: all that are open, and those that ended by a decision which still holds, or is a waiver whose end nobody
 * has heard. `findings` null: the figures could not be had, and nothing is opened, ends or recovers for want of them. One recovers once nothing was found for
 * `quietMinutes`, so that drift that comes and goes is one episode; one that somebody remediates is theirs to end. A decision holds against what it was about:
 * drift of another kind opens an episode that names it.
 */
export function nextEpisodes(
  episodes: readonly Episode[],
  findings: readonly Finding[] | null,
  { now, quietMinutes }: { now: Date; quietMinutes: number },
): EpisodeChanges {
  if (findings === null) return { open: [], changed: [], lapsed: [] };
  const found = bySubject(findings);
  const open = episodes.filter(isOpen);
  const ended = episodes.filter((one) => !isOpen(one));
  const openSubjects = new Set(open.map(subjectKey));
  const openings = [...found].flatMap(([key, [first, ...more]]) => {
    if (openSubjects.has(key)) return [];
    const before = latest(ended, key);
    if (before && isHeld(before, [first, ...more], now)) return [];
    const { contract, provider } = first;
    const previousId = before && isStillThere(before) ? before.id : null;
    return [{ contract, provider, findings: [first, ...more], previousId }];
  });
  const changed = episodes.flatMap((episode) => {
    const next = afterLooking(episode, found.has(subjectKey(episode)), now, quietMinutes);
    return next === episode ? [] : [next];
  });
  const lapsed = ended.filter((one) => hasLapsed(one, found.has(subjectKey(one)), now, quietMinutes));
  return { open: openings, changed, lapsed: lapsed.map(({ id }) => id) };
}

/** Whether what is found now is what was decided about: it never went away, or it was accepted. */
const isStillThere = ({ status, fineSince }: Episode): boolean =>
  status === "accepted" || (holds[status] !== undefined && fineSince === null);

function isHeld(episode: Episode, findings: readonly Finding[], now: Date): boolean {
  const until = holdsUntil(episode);
  return until !== null && now < until && findings.every(({ what }) => episode.kinds.includes(what));
}

/** A waiver that reached its end; drift that only comes and goes has not gone yet. */
function hasLapsed(episode: Episode, isFound: boolean, now: Date, quietMinutes: number): boolean {
  const { status, acceptedUntil, fineSince } = episode;
  if (status !== "accepted" || acceptedUntil === null || now < acceptedUntil || isFound) return false;
  return isQuiet(fineSince, now, quietMinutes);
}

const isQuiet = (fineSince: Date | null, now: Date, quietMinutes: number): boolean =>
  fineSince !== null && now.getTime() - fineSince.getTime() >= quietMinutes * 60_000;

function afterLooking(episode: Episode, isFound: boolean, now: Date, quietMinutes: number): Episode {
  // What a remediation or a false alarm held against has gone: what is found after that is new.
  if (isFound)
    return episode.fineSince && holds[episode.status] === undefined ? { ...episode, fineSince: null } : episode;
  const fineSince = episode.fineSince ?? now;
  const recovers = isOpen(episode) && episode.status !== "remediating" && isQuiet(fineSince, now, quietMinutes);
  if (recovers) return { ...episode, fineSince, status: "recovered" };
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

const latest = (episodes: readonly Episode[], key: string): Episode | undefined =>
  episodes
    .filter((one) => subjectKey(one) === key)
    .sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime())
    .at(-1);
