"use client";

import { infiniteQueryOptions } from "@tanstack/react-query";
import { Clock } from "@/components/list/clock";
import { EmptyList } from "@/components/list/empty-list";
import { FilterBar } from "@/components/list/filter-bar";
import { FilterSelect } from "@/components/list/filter-select";
import { ListHead } from "@/components/list/list-head";
import { ListTable } from "@/components/list/list-table";
import { ShowMore } from "@/components/list/show-more";
import { TabLink } from "@/components/list/tab-link";
import { Timeline } from "@/components/list/timeline";
import { KeepView } from "@/components/list/views-keep";
import ViewsMenu, { type ViewActions } from "@/components/list/views-menu";
import { WhenRead } from "@/components/list/when-read";
import { LinkButton } from "@/components/ui/link-button";
import type { TimelineEntry } from "@/lib/kernel/chain/timeline";
import { longWord, nothing, type GalleryRow } from "./row";
import { Rows } from "./rows";
import { columns, examples, type Example } from "./table";

const at = (now: string, minutes: number) => new Date(Date.parse(now) + minutes * 60_000).toISOString();
const clocks = (now: string, to: "sla" | "decision" | "end") => (
  <span className="flex flex-wrap gap-4 text-sm">
    <Clock to={to} from={at(now, -1)} at={at(now, 60)} serverNow={now} />
    <Clock to={to} from={at(now, -60)} at={at(now, 30)} serverNow={now} />
    <Clock to={to} from={now} at={at(now, 4)} serverNow={now} />
    <Clock to={to} from={at(now, -60)} at={at(now, -12)} serverNow={now} />
  </span>
);

const broken = new Error("The server did not answer.");
/** A list whose pages come as `read` says. */
const listOf = (name: string, read: () => Promise<{ rows: Example[]; now: string }>) =>
  infiniteQueryOptions({
    queryKey: ["gallery", name],
    queryFn: read,
    initialPageParam: null as string | null,
    getNextPageParam: () => null,
    retry: false,
    refetchInterval: false,
  });
const listTable = (caption: string, read: () => Promise<{ rows: Example[]; now: string }>) => (
  <ListTable
    read={listOf(caption, read)}
    reading={caption}
    caption={caption}
    columns={columns}
    empty={<EmptyList says="No run waits." />}
  />
);

const entry = (now: string, of: Partial<TimelineEntry>): TimelineEntry => ({
  ...{ at: now, seq: null, kind: "opened", says: "Opened the item", actor: null, role: null, letter: null, text: null },
  ...of,
});
const more = { hasNextPage: true, isFetchingNextPage: false, fetchNextPage: () => Promise.resolve() };
const query = { refetch: nothing, error: null, data: undefined };
const bar = { pending: false, chosen: 0, onClear: nothing };
const choices = [{ value: "critical", label: "critical (12)" }];
const limit = { least: 1, most: 60 };
const noActions = {} as ViewActions;
const views = {
  ...{ path: "/gallery", here: "claim=mine", limit, close: nothing, onKept: nothing, actions: noActions },
  builtIn: [
    { name: "All open", query: "" },
    { name: "Mine", query: "claim=mine" },
  ],
};
const kept = { id: "1", name: longWord.slice(0, 60), query: "lane=x", shared: true, mine: true, by: "Maya Okafor" };

export const rows = (now: string): readonly GalleryRow[] => [
  {
    of: "list/clock",
    states: {
      "to an SLA": clocks(now, "sla"),
      "to a decision": clocks(now, "decision"),
      "to an end": clocks(now, "end"),
    },
  },
  {
    of: "list/empty-list",
    states: {
      "nothing there": <EmptyList says="Nothing has been closed yet." />,
      "with a way on": <EmptyList says="No item matches." way={{ href: "/gallery", name: "Clear filters" }} />,
    },
  },
  {
    of: "list/filter-bar",
    states: {
      "nothing chosen": (
        <FilterBar label="Filters, none in force" {...bar}>
          <FilterSelect name="lane" label="Lane" none="Lane" value={undefined} choices={choices} onChoose={nothing} />
        </FilterBar>
      ),
      "in force": (
        <FilterBar label="Filters in force" {...bar} chosen={1} total={1234}>
          <FilterSelect name="lane" label="Lane" none="Lane" value="critical" choices={choices} onChoose={nothing} />
        </FilterBar>
      ),
      "its rows are on their way": (
        <FilterBar label="Filters just chosen" {...bar} chosen={1} pending>
          <FilterSelect name="lane" label="Lane" none="Lane" value="critical" choices={choices} onChoose={nothing} />
        </FilterBar>
      ),
    },
  },
  {
    of: "list/filter-select",
    states: {
      "long words": (
        <FilterSelect
          name="owner"
          label="Owner"
          value={longWord}
          choices={[{ value: longWord, label: longWord }]}
          onChoose={nothing}
        />
      ),
    },
  },
  {
    of: "list/list-head",
    states: {
      "with what can be done": (
        <ListHead title="Overrides" end={<LinkButton href="/gallery">Ask for an override</LinkButton>}>
          <p className="text-sm text-muted">While an override holds, every run of its owner passes policy.</p>
        </ListHead>
      ),
    },
  },
  {
    of: "list/list-table",
    states: {
      rows: listTable("A list with rows", () => Promise.resolve({ rows: [...examples(now)], now })),
      empty: listTable("A list without rows", () => Promise.resolve({ rows: [], now })),
      "cannot be read": listTable("A list that cannot be read", () => Promise.reject(broken)),
    },
  },
  {
    of: "list/show-more",
    states: {
      more: <ShowMore of={more} />,
      reading: <ShowMore of={{ ...more, isFetchingNextPage: true }} />,
      "all there": <ShowMore of={{ ...more, hasNextPage: false }} />,
    },
  },
  {
    of: "list/tab-link",
    states: {
      "here and elsewhere": (
        <nav aria-label="Lists of the gallery">
          <TabLink href="/gallery" isHere>
            Awaiting
          </TabLink>
          <TabLink href="/overrides" isHere={false}>
            History
          </TabLink>
        </nav>
      ),
    },
  },
  {
    of: "list/timeline",
    states: {
      events: (
        <Timeline
          entries={[
            entry(now, { kind: "blocked", says: "thegent blocked the run" }),
            entry(now, { seq: "12", actor: "Maya Okafor", role: "operator", letter: "R", text: longWord }),
            entry(now, { seq: "13", kind: "missed", says: "Missed its SLA" }),
          ]}
        />
      ),
    },
  },
  { of: "list/views-keep", states: { closed: <KeepView limit={limit} keep={() => Promise.resolve(null)} /> } },
  {
    of: "list/views-menu",
    states: {
      kept: <ViewsMenu {...views} kept={{ data: [kept, { ...kept, id: "2", mine: false }], error: null }} />,
      "cannot be read": <ViewsMenu {...views} kept={{ data: undefined, error: broken }} />,
    },
  },
  {
    of: "list/when-read",
    states: {
      reading: (
        <WhenRead of={query} reading="Reading what takes its time" rows={2}>
          {() => null}
        </WhenRead>
      ),
      "cannot be read": (
        <WhenRead of={{ ...query, error: broken }} reading="Reading" rows={2}>
          {() => null}
        </WhenRead>
      ),
      "may be old": (
        <WhenRead of={{ ...query, data: now, error: broken }} reading="Reading" rows={2} asOf={(read) => read}>
          {() => <p>What was read last.</p>}
        </WhenRead>
      ),
    },
  },
];

const List = ({ now }: { now: string }) => <Rows kit="list" rows={rows(now)} />;
export default List;
