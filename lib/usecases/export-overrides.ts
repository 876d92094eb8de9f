import "server-only";
import type { OverrideQuery } from "@/lib/contracts/overrides";
import { appendAudit } from "@/lib/data/audit";
import { inTransaction } from "@/lib/data/client";
import { countOverrides, walkOverrides, type ExportedOverride } from "@/lib/data/override-export";
import type { ListedTab } from "@/lib/data/override-filters";
import { authorise, doneEvent } from "./authorise";
import type { Context } from "./context";

const subject = { kind: "export", id: null };

type Asked = { format: string; tab: ListedTab; query: OverrideQuery };

/** A list of overrides as it leaves the cockpit: who took how many, by which filters, is an event of the chain before the first is given out. */
export async function exportOverrides(ctx: Context, { format, tab, query }: Asked): Promise<AsyncGenerator<ExportedOverride[], void>> {
  const grant = await authorise(ctx, "override.export", subject);
  const { q = null, status = null, owner = null, from = null, to = null } = query;
  const count = await countOverrides(grant, tab, query);
  await inTransaction((tx) => appendAudit(tx, doneEvent(grant, ctx, subject, null, { of: "overrides", format, tab, filters: { q, status, owner, from, to }, count })));
  return walkOverrides(grant, tab, query);
}
