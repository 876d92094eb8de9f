import "server-only";
import type { Tx } from "@/lib/data/client";
import type { TellingAction } from "@/lib/data/doors";
import { addNotices, listRoster } from "@/lib/data/notices";
import type { StoredOverride } from "@/lib/data/override-item";
import { decideNotices } from "@/lib/domain/notice/decide-notices";
import type { Tell } from "@/lib/domain/notice/steps";
import type { Grant } from "@/lib/domain/operating-model/decide";
import { operatingModel } from "@/lib/domain/operating-model/model";
import type { Override } from "@/lib/domain/override/override";
import { aboutOverride } from "@/lib/domain/override/tells";

/** Tells people of an override, by the row of the matrix that rules overrides; in the transaction of what they are told about. */
export async function tellOfOverride(
  tx: Tx,
  grant: Grant<TellingAction>,
  { id, sourceId }: Pick<StoredOverride, "id" | "sourceId">,
  { owner, justification }: Pick<Override, "owner" | "justification">,
  tells: readonly Tell[],
  now: Date,
): Promise<void> {
  if (!tells.length) return;
  const notices = decideNotices(tells, { about: aboutOverride({ owner, justification }), model: operatingModel, roster: await listRoster(tx), routed: null, exceptId: grant.actor.id });
  await addNotices(tx, grant, sourceId, notices.map((notice) => ({ ...notice, subjectId: id })), now);
}
