import { setTimeout as pause } from "node:timers/promises";
import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { EscalationDetail, EscalationPage } from "@/lib/areas/escalation/contract";
import { mergeEscalation } from "./merge";
import { escalationKeys } from "./options";

/** The server's items by their version, and a list of them that is on the screen; a read takes a moment. */
function shown(server: { rows: { id: string; version: number }[] }) {
  const client = new QueryClient();
  const observer = new InfiniteQueryObserver(client, {
    queryKey: escalationKeys.list({ state: "active", sort: "due" }),
    queryFn: async () => {
      const { rows } = server;
      await pause(20);
      return { rows } as EscalationPage;
    },
    initialPageParam: null,
    getNextPageParam: () => null,
  });
  const leave = observer.subscribe(() => undefined);
  return {
    client,
    leave,
    rows: () => observer.getCurrentResult().data?.pages[0]?.rows,
    quiet: () => expect.poll(() => observer.getCurrentResult().isFetching).toBe(false),
  };
}

const answer = { id: "a", version: 2 } as EscalationDetail;

test("a read that set out before the answer does not bring the old state back", async () => {
  const server = { rows: [{ id: "a", version: 1 }] };
  const { client, rows, quiet, leave } = shown(server);
  await quiet();
  void client.invalidateQueries({ queryKey: escalationKeys.lists });
  server.rows = [{ id: "a", version: 2 }];
  await mergeEscalation(client, answer);
  expect(rows()).toEqual([{ id: "a", version: 2 }]);
  await quiet();
  expect(rows()).toEqual([{ id: "a", version: 2 }]);
  leave();
});

test("a read that the answer cuts off sets out again: what it was after is not lost", async () => {
  const server = { rows: [] as { id: string; version: number }[] };
  const { client, rows, quiet, leave } = shown(server);
  await quiet();
  server.rows = [
    { id: "a", version: 2 },
    { id: "b", version: 1 },
  ];
  void client.invalidateQueries({ queryKey: escalationKeys.lists });
  await mergeEscalation(client, answer);
  await quiet();
  expect(rows()).toEqual(server.rows);
  leave();
});

test("a list that is read for the first time when the answer comes is still read", async () => {
  const server = { rows: [{ id: "a", version: 2 }] };
  const { client, rows, quiet, leave } = shown(server);
  await mergeEscalation(client, answer);
  await quiet();
  expect(rows()).toEqual(server.rows);
  leave();
});
