import type { QueryClient } from "@tanstack/react-query";
import type { EscalationDetail, EscalationRow } from "@/lib/areas/escalation/contract";
import { putAnswer } from "@/lib/kernel/query/put-answer";
import { escalationKeys } from "./options";
import type { Scrolled } from "./scroll";

/** The row that a detail is of. */
function patched(row: EscalationRow, changed: Partial<EscalationRow>): EscalationRow {
  const news = Object.fromEntries(
    Object.keys(row).flatMap((key) => (key in changed ? [[key, changed[key as keyof EscalationRow]]] : [])),
  );
  return { ...row, ...news };
}

/** Changes one row wherever it is listed, without asking the server. An older version than the listed one changes nothing. */
export function patchRow(client: QueryClient, id: string, changed: Partial<EscalationRow>): void {
  const isOld = (row: EscalationRow) => row.id === id && row.version <= (changed.version ?? row.version);
  client.setQueriesData<Scrolled>({ queryKey: escalationKeys.lists }, (list) => {
    if (!list?.pages.some(({ rows }) => rows.some(isOld))) return list;
    return {
      ...list,
      pages: list.pages.map((page) => ({
        ...page,
        rows: page.rows.map((row) => (isOld(row) ? patched(row, changed) : row)),
      })),
    };
  });
}

/** Puts the answer of an action where it is shown: in the item's detail, and in its row wherever it is listed. */
export function mergeEscalation(client: QueryClient, detail: EscalationDetail): Promise<void> {
  return putAnswer(client, [escalationKeys.detail(detail.id), escalationKeys.lists], () => {
    client.setQueryData(escalationKeys.detail(detail.id), detail);
    patchRow(client, detail.id, detail);
  });
}
