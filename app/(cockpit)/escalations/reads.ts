import "server-only";
import type { Known } from "@/components/shell/hydrate";
import type { ListQuery } from "@/lib/areas/escalation/contract";
import { escalationKeys } from "@/lib/areas/escalation/queries/options";
import { firstScrolled, scrollKey } from "@/lib/areas/escalation/queries/scroll";
import { listEscalations } from "@/lib/areas/escalation/read/list";
import { queueSummary } from "@/lib/areas/escalation/read/queue-summary";
import type { Grant } from "@/lib/model/decide";

/** What the queue's page shows first. */
export const queueReads = (grant: Grant<"escalation.view">, query: ListQuery, now: Date): Promise<Known>[] => [
  listEscalations(grant, query, now).then((page) => [scrollKey(query), firstScrolled(query, page)]),
  queueSummary(grant, now).then((summary) => [escalationKeys.summary, summary]),
];
