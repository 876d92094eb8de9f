import { infiniteQueryOptions, keepPreviousData, replaceEqualDeep, type InfiniteData } from "@tanstack/react-query";
import type { EscalationPage, EscalationRow, ListQuery } from "@/lib/areas/escalation/contract";
import { fetchJson } from "@/lib/kernel/query/fetch-json";
import { fetchAlong } from "@/lib/kernel/query/fetch-together";
import { listParameters, rowsQuery } from "./list-parameters";
import { escalationKeys } from "./options";

/** Where a page begins: its position, and how many rows lie before it as far as is known. */
export type Place = { after?: string; before?: string; offset: number };

/** The pages of a list that are loaded, one following the other. */
export type Scrolled = InfiniteData<EscalationPage, Place>;

/** Pages kept of a list, however far it is scrolled; those furthest away are dropped, and read again on the way back. */
export const mostPages = 6;

/** Rows of a full page, as the server cuts them. */
const pageRows = 50;

/** A list that nobody looks at is forgotten after this long: enough to read an item and come back to the same place. */
const FORGET_MS = 5 * 60_000;

const startOf = ({ after, before }: ListQuery): Place => ({ after, before, offset: 0 });

export const scrollKey = (query: ListQuery): readonly unknown[] => escalationKeys.list(rowsQuery(query));

/** What the server has rendered, as the browser keeps it. */
export const firstScrolled = (query: ListQuery, page: EscalationPage): Scrolled => ({
  pages: [page],
  pageParams: [startOf(query)],
});

/** Pages that were dropped on top are read again on the way back; what lies before the page that the address asked for is not. */
function placeBefore({ previous }: EscalationPage, { offset }: Place): Place | null {
  return previous === null || offset === 0 ? null : { before: previous, offset: Math.max(1, offset - pageRows) };
}

const placeAfter = ({ next, rows }: EscalationPage, { offset }: Place): Place | null =>
  next === null ? null : { after: next, offset: offset + rows.length };

/** The list as far as it is scrolled. Read again, exactly the loaded pages are. */
export const scrolledList = (query: ListQuery) =>
  infiniteQueryOptions<EscalationPage, Error, Scrolled, readonly unknown[], Place>({
    queryKey: scrollKey(query),
    queryFn: ({ signal, pageParam: { after, before } }) => {
      const asks = listParameters({ ...rowsQuery(query), after, before });
      return fetchAlong("list", asks, () => fetchJson<EscalationPage>(`/api/escalations?${asks}`, signal));
    },
    initialPageParam: startOf(query),
    getNextPageParam: (last, _pages, place) => placeAfter(last, place),
    getPreviousPageParam: (first, _pages, place) => placeBefore(first, place),
    maxPages: mostPages,
    gcTime: FORGET_MS,
    // While another list is read, the one before stays on the screen.
    placeholderData: keepPreviousData,
    structuralSharing: (before, now) => keepUnchanged(before as Scrolled | undefined, now as Scrolled),
  });

/** Rows that did not change stay the same objects wherever they moved, so that only the others are drawn again. */
export function keepUnchanged(before: Scrolled | undefined, now: Scrolled): Scrolled {
  const known = new Map(before?.pages.flatMap(({ rows }) => rows.map((row) => [row.id, row])));
  return {
    ...now,
    pages: now.pages.map((page) => ({
      ...page,
      rows: page.rows.map((row) => replaceEqualDeep<EscalationRow>(known.get(row.id), row)),
    })),
  };
}

/** The loaded rows, each once: one that moved while the pages were read may stand on two. */
export function rowsOf({ pages }: Scrolled): EscalationRow[] {
  return [...new Map(pages.flatMap(({ rows }) => rows.map((row) => [row.id, row]))).values()];
}

/** The page that was read last: its counts are the newest. */
export const newestPage = ({ pages }: Scrolled): EscalationPage =>
  pages.reduce((newest, page) => (page.now > newest.now ? page : newest));

/** Rows that were dropped above the first loaded one; none once that is the list's first. */
export const rowsAbove = ({ pages, pageParams }: Scrolled): number =>
  pages[0]?.previous ? (pageParams[0]?.offset ?? 0) : 0;
