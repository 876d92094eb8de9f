import "server-only";
import type { OverrideQuery } from "@/lib/areas/override/contract";
import { countOverrides, walkOverrides, type ExportedOverride } from "@/lib/areas/override/read/export";
import type { ListedTab } from "@/lib/areas/override/read/filters";
import { authorise, doneEvent } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { appendAudit } from "@/lib/kernel/chain/audit";
import { inTransaction } from "@/lib/kernel/db/client";

const subject = { kind: "export", id: null };

type Asked = { format: string; tab: ListedTab; query: OverrideQuery };

/** A list of overrides as it leaves the cockpit: who took how many, by which filters, is an event of the chain before the first is given out. */
export async function exportOverrides(
  ctx: Context,
  { format, tab, query }: Asked,
): Promise<AsyncGenerator<ExportedOverride[], void>> {
  const grant = await authorise(ctx, "override.export", subject);
  const { q = null, status = null, owner = null, from = null, to = null } = query;
  const count = await countOverrides(grant, tab, query);
  await inTransaction((tx) =>
    appendAudit(
      tx,
      doneEvent(grant, ctx, subject, null, {
        of: "overrides",
        format,
        tab,
        filters: { q, status, owner, from, to },
        count,
      }),
    ),
  );
  return walkOverrides(grant, tab, query);
}
