import "server-only";
import { v7 as uuidv7 } from "uuid";
import { openItem, type Draft } from "@/lib/areas/escalation/domain/open";
import { aboutItem, routedBy } from "@/lib/areas/escalation/domain/tells";
import { insertItems, type NewItem } from "@/lib/areas/escalation/store/writes";
import type { OpeningAction } from "@/lib/kernel/act/doors";
import type { Tx } from "@/lib/kernel/db/client";
import { env } from "@/lib/kernel/env";
import { decideNotices } from "@/lib/kernel/notice/decide-notices";
import { addNotices, listRoster } from "@/lib/kernel/notice/notices";
import { route } from "@/lib/kernel/notice/roster";
import type { Grant } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { paths } from "@/lib/model/paths";
import { breachAlertOf, slaMinutesOf } from "@/lib/model/settings";

/** What is known of a new item. `priority`, `lane`, `agent`, `recordCount`: as thegent's record says. */
export type Opening = Omit<Draft, "id"> & {
  priority: number;
  lane: string;
  agent: string | null;
  recordCount: number;
  slaMinutes: number | null;
  previousId: string | null;
};

/**
 * Opens items of a source: clocks set, routed to who is on duty, told by the matrix; a few statements however many. An item whose subject
 * has an open one already is passed over. Answers the ids, null for those.
 */
export async function openItems(
  tx: Tx,
  grant: Grant<OpeningAction>,
  sourceId: string,
  openings: readonly Opening[],
  now: Date,
): Promise<(string | null)[]> {
  if (!openings.length) return [];
  const { settings } = env();
  const kept = { slaMinutes: slaMinutesOf(settings), breachAlert: breachAlertOf(settings) };
  const roster = await listRoster(tx);
  const drafts = openings.map(({ priority, lane, agent, recordCount, slaMinutes, previousId, ...draft }, seq) => {
    const { item, tells } = openItem({ ...draft, id: uuidv7({ msecs: now.getTime(), seq }) }, kept, now);
    const to = route(paths[item.path].domain, roster);
    const row: NewItem = {
      ...item,
      sourceId,
      priority,
      lane,
      agent,
      recordCount,
      blockedAt: draft.startedAt,
      slaMinutes: slaMinutes ?? Math.round((item.clocks[0]!.dueAt.getTime() - draft.startedAt.getTime()) / 60_000),
      modelVersion: grant.modelVersion,
      openedAt: now,
      routedRole: to.role,
      routedToId: to.personId,
      routedBackup: to.backup,
      openedById: grant.actor.kind === "person" ? grant.actor.id : null,
      previousId,
    };
    return { row, tells, to };
  });
  const made = await insertItems(
    tx,
    grant,
    drafts.map(({ row }) => row),
  );
  const notices = drafts
    .filter(({ row }) => made.has(row.id))
    .flatMap(({ row, tells, to }) =>
      decideNotices(tells, {
        about: aboutItem(row),
        model: operatingModel,
        roster,
        routed: routedBy(to, row.path),
        exceptId: grant.actor.id,
      }).map((notice) => ({ ...notice, subjectId: row.id })),
    );
  await addNotices(tx, grant, sourceId, notices, now);
  return drafts.map(({ row }) => (made.has(row.id) ? row.id : null));
}
