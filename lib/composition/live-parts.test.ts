import { setTimeout as pause } from "node:timers/promises";
import { focusManager, InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, describe, expect, test, vi } from "vitest";
import { dutyKeys } from "@/lib/areas/duty/queries/options";
import { escalationKeys } from "@/lib/areas/escalation/queries/options";
import { inboxKeys } from "@/lib/areas/inbox/queries/options";
import { overrideKeys } from "@/lib/areas/override/queries/options";
import { sourceKeys } from "@/lib/areas/source/queries/options";
import type { LiveTopic } from "@/lib/kernel/live/contract";
import { coalesce, type Changed } from "@/lib/kernel/query/coalesce";
import { invalidateChanged, noteNews, readWhatCameMeanwhile } from "@/lib/kernel/query/live";
import { news, type Part } from "./live-parts";

const { keysOf, paces, partsOf } = news;

async function staleAfter(topic: LiveTopic, changed: Changed = null): Promise<string[]> {
  const client = new QueryClient();
  const known = {
    listA: escalationKeys.list({ state: "active", sort: "due" }),
    listB: escalationKeys.list({ state: "closed", sort: "due" }),
    a: escalationKeys.detail("a"),
    b: escalationKeys.detail("b"),
    summary: escalationKeys.summary,
    sources: sourceKeys.sources,
    inbox: inboxKeys.inbox({ show: "all" }),
    counts: inboxKeys.inboxCounts,
    duty: dutyKeys.duty,
    views: escalationKeys.views,
    override: overrideKeys.override("o"),
  };
  for (const key of Object.values(known)) client.setQueryData(key, {});
  for (const part of partsOf[topic]) await invalidateChanged(client, keysOf(part, changed));
  return Object.entries(known).flatMap(([name, key]) => (client.getQueryState(key)?.isInvalidated ? [name] : []));
}

test("a changed item makes every list and its own detail old, and no other detail", async () => {
  expect(await staleAfter("escalations", new Set(["a"]))).toEqual(["listA", "listB", "a", "summary"]);
});

test("when it is not said which items changed, all of them may have", async () => {
  expect(await staleAfter("escalations")).toEqual(["listA", "listB", "a", "b", "summary"]);
});

test("news from thegent's files leave the queue alone, but what may be said of it is as of a later moment, and overrides say what lies there", async () => {
  expect(await staleAfter("sources")).toEqual(["summary", "sources", "override"]);
});

test("a notice makes the inbox and its figures old, and nothing of the queue", async () => {
  expect(await staleAfter("notices")).toEqual(["inbox", "counts"]);
});

test("who is on duty changes whom every item would reach, and an override is named by its item", async () => {
  expect(await staleAfter("duty")).toEqual(["a", "b", "duty"]);
  expect(await staleAfter("overrides")).toEqual(["a", "b", "override"]);
});

test("the figures around what people wait for are read with it, and twice a second at most, however fast the news come", () => {
  const waitedFor: readonly Part[] = ["queue", "items", "overrides", "inbox", "duty"];
  for (const [part, { breathMs, restMs, goesAlong }] of Object.entries(paces)) {
    if (waitedFor.includes(part as Part)) expect([part, breathMs < 50, goesAlong]).toEqual([part, true, undefined]);
    else expect([part, breathMs >= 200, restMs, goesAlong]).toEqual([part, true, 500, true]);
  }
});

describe("a page that was on its way while news came", () => {
  const minute = 60_000;
  async function staleOf(heard: Part | null, heardAt: number): Promise<string[]> {
    const client = new QueryClient();
    const drawn = {
      list: escalationKeys.list({ state: "active", sort: "due" }),
      summary: escalationKeys.summary,
      counts: overrideKeys.overrideCounts,
    };
    for (const key of Object.values(drawn)) client.setQueryData(key, {});
    if (heard) noteNews(heard, keysOf(heard, null), heardAt);
    await readWhatCameMeanwhile(client, Object.values(drawn), heardAt + 5_000);
    return Object.entries(drawn).flatMap(([name, key]) => (client.getQueryState(key)?.isInvalidated ? [name] : []));
  }

  test("reads again what the news were about, and nothing else", async () => {
    expect(await staleOf("queue", 1 * minute)).toEqual(["list"]);
    expect(await staleOf("overrides", 3 * minute)).toEqual(["counts"]);
    expect(await staleOf("inbox", 5 * minute)).toEqual([]);
  });

  test("reads nothing again when there were no news of late", async () => {
    expect(await staleOf(null, 10 * minute)).toEqual([]);
  });
});

describe("a page that nobody sees", () => {
  afterEach(() => focusManager.setFocused(undefined));

  test("reads nothing while it is not seen, and what it missed once it is", async () => {
    const client = new QueryClient();
    client.mount();
    let now = 0;
    const observer = new QueryObserver(client, {
      queryKey: escalationKeys.list({ state: "active", sort: "due" }),
      queryFn: async () => now,
      staleTime: 60_000,
    });
    const leave = observer.subscribe(() => undefined);
    await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe(0));
    focusManager.setFocused(false);
    now = 1;
    await invalidateChanged(client, keysOf("queue", null));
    expect(observer.getCurrentResult().data).toBe(0);
    focusManager.setFocused(true);
    await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe(1));
    leave();
    client.unmount();
  });
});

/** Whoever reads on as soon as nothing is being read, as the page does, while news come without a pause. */
test("the reader gets on, however fast the news come, and what they read last is as new as the last news", async () => {
  const client = new QueryClient();
  let now = 0;
  const observer = new InfiniteQueryObserver(client, {
    queryKey: escalationKeys.list({ state: "active", sort: "due" }),
    queryFn: async ({ pageParam }) => {
      const asOf = now;
      await pause(5);
      return { page: pageParam, asOf };
    },
    initialPageParam: 0,
    getNextPageParam: ({ page }) => page + 1,
    getPreviousPageParam: ({ page }) => (page > 0 ? page - 1 : null),
    maxPages: 6,
  });
  const read = () => observer.getCurrentResult().data?.pages ?? [];
  const leave = observer.subscribe(() => {
    // A turn later, as effects run.
    setTimeout(
      () =>
        !observer.getCurrentResult().isFetching &&
        (read().at(-1)?.page ?? 0) < 10 &&
        void observer.fetchNextPage({ cancelRefetch: false }),
    );
  });
  const hear = coalesce((part: "queue", changed) => invalidateChanged(client, keysOf(part, changed)), {
    queue: { breathMs: 0, restMs: 10 },
  });
  for (let news = 0; news < 2000 && read().at(-1)?.page !== 10; news++) {
    now++;
    hear("queue", ["a"]);
    await pause(2);
  }
  expect(read().map(({ page }) => page)).toEqual([5, 6, 7, 8, 9, 10]);
  await expect.poll(() => read().map(({ asOf }) => asOf)).toEqual(read().map(() => now));
  leave();
});

test("news that come while a list is read for the first time are read, too", async () => {
  const client = new QueryClient();
  let asOf = 0;
  const observer = new InfiniteQueryObserver(client, {
    queryKey: escalationKeys.list({ state: "active", sort: "due" }),
    queryFn: async () => {
      const read = asOf;
      await pause(20);
      return read;
    },
    initialPageParam: 0,
    getNextPageParam: () => null,
  });
  const leave = observer.subscribe(() => undefined);
  asOf = 1;
  await invalidateChanged(client, keysOf("queue", null));
  expect(observer.getCurrentResult().data?.pages).toEqual([1]);
  leave();
});
