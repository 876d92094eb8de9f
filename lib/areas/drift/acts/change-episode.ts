import "server-only";
import type { Reviewed, ReviewRejection, ReviewTransition } from "@/lib/areas/drift/domain/review";
import { shownHash } from "@/lib/areas/drift/domain/shown-hash";
import type { Shown } from "@/lib/areas/drift/domain/shown";
import { findReviewed, type StoredEpisode } from "@/lib/areas/drift/read/reviewed";
import { readShown } from "@/lib/areas/drift/read/shown";
import { saveReviews } from "@/lib/areas/drift/store/reviews";
import { ownRequestSays, sayReviewRejection } from "@/lib/areas/drift/words";
import {
  changeableItems,
  findEscalations,
  saveItems,
  sayRejection,
  type Due,
  type Escalation,
  type Item,
  type Rejection,
  type Transition,
} from "@/lib/areas/escalation/port";
import type { Context } from "@/lib/kernel/act/context";
import type { ReviewingAction } from "@/lib/kernel/act/doors";
import type { Besides } from "@/lib/kernel/chain/payloads";
import type { Tx } from "@/lib/kernel/db/client";
import { CockpitError } from "@/lib/kernel/errors";
import type { Ending, Tell } from "@/lib/kernel/notice/steps";
import { changeSubjects, type Changeable, type Outcome, type Target } from "@/lib/kernel/subject/change-subjects";
import type { PersonActor } from "@/lib/model/decide";
import { decide, type Decision } from "@/lib/model/decide";
import { operatingModel, type OperatingModel } from "@/lib/model/model";

/** An episode and its item, which are one thing to whoever acts: one id, one version, written in one transaction. */
type Case = {
  id: string;
  sourceId: string;
  version: number;
  status: string;
  item: Item;
  episode: StoredEpisode;
};
type NextCase = { status: string; item: Escalation; episode: Reviewed };

type Why = { of: "episode"; rejection: ReviewRejection } | { of: "item"; rejection: Rejection };
type By = { personId: string; now: Date };
/** What is true of the drift at this moment, read in the transaction of the act, and its hash. */
type Facts = { shown: Shown; shownHash: string };

export type Steps<A extends ReviewingAction> = {
  /** The episode first, then its item; both or neither. `tx`: for what else must be known. */
  decide: (episode: StoredEpisode, by: By & Facts, tx: Tx) => ReviewTransition | Promise<ReviewTransition>;
  /** What it does to the item; nothing unless said. */
  onItem?: (item: Escalation, by: By) => Transition;
  says: (next: NextCase) => Omit<Besides<A>, "level">;
  tells?: (next: NextCase, before: Case) => Tell[];
  settles?: Ending;
};

const cases: Changeable<Case, NextCase, Due, Why, "escalation.escalate"> = {
  kind: "escalation",
  absent: "There is no such episode of drift.",
  find: findCases,
  about: ({ item }) => changeableItems.about(item),
  heard: (overdue, { item }, next) => changeableItems.heard(overdue, item, next.item),
  timeEvents: ({ item }, overdue, by) => changeableItems.timeEvents(item, overdue, by),
  refuses: ({ rejection }) => (rejection.why === "own-request" ? ownRequestSays : null),
  involved: (why, now) => [
    why && "byId" in why.rejection ? why.rejection.byId : null,
    now?.episode.answeredById ?? null,
    now?.item.closedById ?? null,
    now?.item.claimedById ?? null,
    now?.episode.reviewedById ?? null,
  ],
  explain,
};

async function findCases(tx: Tx, ids: readonly string[]): Promise<Map<string, Case>> {
  const items = await findEscalations(tx, ids);
  const episodes = await findReviewed(tx, [...items.keys()]);
  return new Map(
    episodes.map((episode) => {
      const item = items.get(episode.id)!;
      const { id, sourceId, version } = item;
      return [id, { id, sourceId, version, status: episode.status, item, episode }];
    }),
  );
}

/** Acts on episodes; see changeSubjects. */
export function changeEpisodes<A extends ReviewingAction>(
  ctx: Context,
  action: A,
  targets: readonly Target[],
  { decide: rule, onItem, says, tells, settles }: Steps<A>,
): Promise<Outcome[]> {
  return changeSubjects<A, Case, NextCase, Due, Why, "escalation.escalate">(ctx, targets, cases, {
    action,
    right: () => may(action, ctx.actor),
    decide: async (tx, { item, episode }, by) => {
      const shown = await readShown(tx, episode);
      const reviewed = await rule(episode, { ...by, shown, shownHash: shownHash(shown) }, tx);
      if (!reviewed.ok) return { ok: false, rejection: { of: "episode", rejection: reviewed.rejection } };
      const changed: Transition = onItem?.(item, by) ?? { ok: true, next: item, overdue: [] };
      if (!changed.ok) return { ok: false, rejection: { of: "item", rejection: changed.rejection } };
      const { next, overdue } = changed;
      return { ok: true, next: { status: reviewed.next.status, item: next, episode: reviewed.next }, overdue };
    },
    save: async (tx, grant, changes) => {
      const of = changes.map(({ before, next }) => ({ before: before.item, next: next.item }));
      const ids = await saveItems(tx, grant, of);
      const saved = changes.filter(({ before }) => ids.has(before.id));
      await saveReviews(
        tx,
        grant,
        saved.map(({ before, next }) => ({ ...next.episode, id: before.id })),
      );
      return ids;
    },
    says: (next, before) => ({
      ...(next.item.level !== before.item.level && { level: next.item.level }),
      ...says(next),
    }),
    ...(tells && { tells }),
    ...(settles && { settles: () => settles }),
  });
}

export const may = <A extends ReviewingAction>(action: A, actor: PersonActor | null): Decision<A> =>
  (decide as (model: OperatingModel, action: A, actor: PersonActor | null) => Decision<A>)(
    operatingModel,
    action,
    actor,
  );

const fieldOf: Partial<Record<(ReviewRejection | Rejection)["why"], string>> = {
  "shown-changed": "seenHash",
  "bad-days": "days",
  "late-cause-missing": "lateCause",
};
/** Refused by the rule itself, not because somebody else was faster. */
const byRule: ReadonlySet<(ReviewRejection | Rejection)["why"]> = new Set([
  "bad-days",
  "unanswered",
  "late-cause-missing",
]);

function explain(why: Why | null, now: Case | null, names: Readonly<Record<string, string>>): CockpitError {
  if (!why) {
    const who = now?.episode.answeredById ?? now?.item.closedById ?? now?.item.claimedById ?? null;
    const by = who ? ` by ${names[who] ?? "someone else"}` : "";
    return new CockpitError(
      "CONFLICT",
      `This episode was changed${by} since you opened it. Look at its new state, then decide again.`,
    );
  }
  const says = why.of === "episode" ? sayReviewRejection(why.rejection, names) : sayRejection(why.rejection, names);
  const field = fieldOf[why.rejection.why];
  return new CockpitError(
    byRule.has(why.rejection.why) ? "REJECTED" : "CONFLICT",
    says,
    field ? { [field]: says } : undefined,
  );
}
