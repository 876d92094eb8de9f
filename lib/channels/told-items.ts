import type { Bundle, Told, ToldKind } from "@/lib/kernel/notice/channel";

/** All that is said about one item. `kind` is the most that is asked; `says` the sentences, newest first, each with how often it was said. */
export type ToldItem = { item: Told["item"]; kind: ToldKind; says: readonly { sentence: string; times: number }[] };

const rank: Readonly<Record<ToldKind, number>> = { action: 0, consult: 1, informed: 2 };
const dueRank = ({ item }: Pick<ToldItem, "item">): number => item.dueAt?.getTime() ?? Infinity;

/** One entry per item, the most urgent first: what asks most, then what is due first. The item's facts are those of its newest notice. */
export function toldItems(told: Bundle["told"]): ToldItem[] {
  const byItem = new Map<string, Told[]>();
  for (const notice of [...told].sort((a, b) => b.at.getTime() - a.at.getTime()))
    byItem.set(notice.item.id, [...(byItem.get(notice.item.id) ?? []), notice]);
  return [...byItem.values()]
    .map((notices) => ({ item: notices[0]!.item, kind: strongest(notices), says: foldRepeats(notices) }))
    .sort((a, b) => rank[a.kind] - rank[b.kind] || compare(dueRank(a), dueRank(b)) || compare(a.item.id, b.item.id));
}

const strongest = (notices: readonly Told[]): ToldKind =>
  notices.map(({ kind }) => kind).sort((a, b) => rank[a] - rank[b])[0]!;

function foldRepeats(notices: readonly Told[]): ToldItem["says"] {
  const times = new Map<string, number>();
  for (const { says } of notices) times.set(says, (times.get(says) ?? 0) + 1);
  return [...times].map(([sentence, count]) => ({ sentence, times: count }));
}

/** Infinity minus Infinity is no order. */
function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
