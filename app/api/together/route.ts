import { listQuerySchema } from "@/lib/areas/escalation/contract";
import { listEscalations } from "@/lib/areas/escalation/read/list";
import { queueSummary } from "@/lib/areas/escalation/read/queue-summary";
import { inboxCounts } from "@/lib/areas/inbox/read/inbox";
import { overrideCounts } from "@/lib/areas/override/read/list";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import type { Context } from "@/lib/kernel/act/context";
import { respondEach } from "@/lib/kernel/act/respond";
import type { ReadTogether } from "@/lib/kernel/query/fetch-together";

/** The figures that stand around every page, and change with almost everything: asked for in one request. */
const reads: Record<ReadTogether, (ctx: Context) => Promise<unknown>> = {
  queue: (ctx) => queueSummary(authoriseRead(ctx, "escalation.view"), ctx.now),
  inbox: (ctx) => inboxCounts(authoriseRead(ctx, "inbox.read"), ctx.now),
  overrides: (ctx) => overrideCounts(authoriseRead(ctx, "override.view"), ctx.now),
};

/** What they go along with: a page of the queue, as its own route answers it. */
const listOf =
  (asks: string) =>
  (ctx: Context): Promise<unknown> =>
    listEscalations(
      authoriseRead(ctx, "escalation.view"),
      listQuerySchema.parse(Object.fromEntries(new URLSearchParams(asks))),
      ctx.now,
    );

/** Each that is asked for (`of`, more than once, and `list`) with its answer, or its own refusal; names that mean nothing are passed over. */
export function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const asked = new Set(searchParams.getAll("of"));
  const list = searchParams.get("list");
  return respondEach({
    ...(list !== null && { list: listOf(list) }),
    ...Object.fromEntries(Object.entries(reads).filter(([name]) => asked.has(name))),
  });
}
