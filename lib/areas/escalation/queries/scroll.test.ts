import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { EscalationPage, EscalationRow, ListQuery } from "@/lib/areas/escalation/contract";
import { news } from "@/lib/composition/live-parts";
import { invalidateChanged } from "@/lib/kernel/query/live";
import { patchRow } from "./merge";
import {
  firstScrolled,
  keepUnchanged,
  mostPages,
  newestPage,
  rowsAbove,
  rowsOf,
  scrolledList,
  scrollKey,
  type Scrolled,
} from "./scroll";

const query: ListQuery = { state: "active", sort: "due" };
const total = 1_000;
const idOf = (index: number) => `row-${index}`;

/** A server with a thousand rows, in pages of fifty. */
function pageAt(from: number): EscalationPage {
  const start = Math.max(0, from);
  const rows = Array.from(
    { length: Math.min(50, total - start) },
    (_, index) => ({ id: idOf(start + index), version: 1, lane: "standard" }) as EscalationRow,
  );
  return {
    rows,
    next: start + 50 < total ? String(start + 50) : null,
    previous: start > 0 ? String(start) : null,
    facets: null,
    total,
    now: "2026-02-10T09:00:00.000Z",
  };
}

function scroll(client: QueryClient) {
  const read = ({ pageParam: { after, before } }: { pageParam: { after?: string; before?: string } }) =>
    before ? pageAt(Number(before) - 50) : pageAt(Number(after ?? 0));
  client.setQueryData(scrollKey(query), firstScrolled(query, pageAt(0)));
  return new InfiniteQueryObserver(client, { ...scrolledList(query), queryFn: read, staleTime: Infinity });
}

const span = (data: Scrolled) => [rowsAbove(data), rowsOf(data).length];

test("however far a list is scrolled, no more than six pages are kept, and the rows above are counted", async () => {
  const client = new QueryClient();
  const list = scroll(client);
  for (let page = 1; page < 20; page++) await list.fetchNextPage();
  const data = list.getCurrentResult().data as Scrolled;
  expect(data.pages).toHaveLength(mostPages);
  expect(span(data)).toEqual([total - 300, 300]);
  expect(list.getCurrentResult().hasNextPage).toBe(false);
  client.clear();
});

test("on the way back the dropped pages are read again, up to the first", async () => {
  const client = new QueryClient();
  const list = scroll(client);
  for (let page = 1; page < 9; page++) await list.fetchNextPage();
  expect(span(list.getCurrentResult().data as Scrolled)).toEqual([150, 300]);
  for (const above of [100, 50, 0]) {
    await list.fetchPreviousPage();
    expect(span(list.getCurrentResult().data as Scrolled)).toEqual([above, 300]);
  }
  expect(list.getCurrentResult().hasPreviousPage).toBe(false);
  expect(rowsOf(list.getCurrentResult().data as Scrolled)[0]!.id).toBe(idOf(0));
  client.clear();
});

test("read again, the list stays where it is", async () => {
  const client = new QueryClient();
  const list = scroll(client);
  for (let page = 1; page < 9; page++) await list.fetchNextPage();
  const before = list.getCurrentResult().data as Scrolled;
  const after = (await list.refetch()).data as Scrolled;
  expect(after.pageParams).toEqual(before.pageParams);
  expect(rowsOf(after).map(({ id }) => id)).toEqual(rowsOf(before).map(({ id }) => id));
  client.clear();
});

test("an unchanged row stays the same object, also when it moved to another page", () => {
  const before = { pages: [pageAt(0), pageAt(50)], pageParams: [{ offset: 0 }, { offset: 50 }] };
  const moved: Scrolled = { pages: [pageAt(1), pageAt(51)], pageParams: before.pageParams };
  moved.pages[1]!.rows[0] = { ...moved.pages[1]!.rows[0]!, version: 2 };
  const kept = keepUnchanged(before, moved);
  expect(kept.pages[0]!.rows[49]).toBe(before.pages[1]!.rows[0]);
  expect(kept.pages[1]!.rows[0]).toEqual({ ...before.pages[1]!.rows[1], version: 2 });
});

test("a row that stands on two pages is shown once, as it was read last", () => {
  const [first, second] = [pageAt(0), pageAt(49)];
  second.rows[0] = { ...second.rows[0]!, version: 2 };
  const rows = rowsOf({ pages: [first, second], pageParams: [{ offset: 0 }, { offset: 50 }] });
  expect(rows).toHaveLength(99);
  expect(rows[49]).toMatchObject({ id: idOf(49), version: 2 });
});

test("the counts are those of the page that was read last", () => {
  const later = { ...pageAt(50), total: 999, now: "2026-02-10T09:00:01.000Z" };
  expect(newestPage({ pages: [pageAt(0), later, pageAt(100)], pageParams: [] }).total).toBe(999);
});

test("a page asked for by address has nothing above it to scroll to", () => {
  const data = firstScrolled({ ...query, after: "500" }, pageAt(500));
  expect(rowsAbove(data)).toBe(0);
});

test("a row is changed where it is listed, unless a newer version is known", () => {
  const client = new QueryClient();
  client.setQueryData(scrollKey(query), firstScrolled(query, pageAt(0)));
  patchRow(client, idOf(3), { lane: "critical", version: 2 });
  patchRow(client, idOf(3), { lane: "recovery", version: 1 });
  expect(rowsOf(client.getQueryData<Scrolled>(scrollKey(query))!)[3]).toMatchObject({ lane: "critical", version: 2 });
  client.clear();
});

test("two thousand changes leave nothing in the cache but the list that is looked at", async () => {
  const client = new QueryClient();
  const list = scroll(client);
  const leave = list.subscribe(() => undefined);
  for (let page = 1; page < 9; page++) await list.fetchNextPage();
  for (let change = 0; change < 2_000; change++) {
    patchRow(client, idOf(200), { lane: `lane-${change}` });
    if (change % 100 === 0) await invalidateChanged(client, news.keysOf("queue", new Set([`other-${change}`])));
  }
  expect(client.getQueryCache().getAll()).toHaveLength(1);
  const data = list.getCurrentResult().data as Scrolled;
  expect([data.pages.length, data.pageParams.length]).toEqual([mostPages, mostPages]);
  leave();
  client.clear();
});
