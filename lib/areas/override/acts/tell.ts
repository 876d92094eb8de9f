import "server-only";
import type { Override } from "@/lib/areas/override/domain/override";
import { aboutOverride } from "@/lib/areas/override/domain/tells";
import type { StoredOverride } from "@/lib/areas/override/read/item";
import type { TellingAction } from "@/lib/kernel/act/doors";
import type { Tx } from "@/lib/kernel/db/client";
import { decideNotices } from "@/lib/kernel/notice/decide-notices";
import { addNotices, listRoster } from "@/lib/kernel/notice/notices";
import type { Tell } from "@/lib/kernel/notice/steps";
import type { Grant } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";

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
  const notices = decideNotices(tells, {
    about: aboutOverride({ owner, justification }),
    model: operatingModel,
    roster: await listRoster(tx),
    routed: null,
    exceptId: grant.actor.id,
  });
  await addNotices(
    tx,
    grant,
    sourceId,
    notices.map((notice) => ({ ...notice, subjectId: id })),
    now,
  );
}
