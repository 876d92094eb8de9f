import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { nothing } from "./coalesce";
import { invalidateChanged } from "./live";
import { keys } from "./options";

async function staleAfter(changes: Parameters<typeof invalidateChanged>[1]): Promise<string[]> {
  const client = new QueryClient();
  const known = { listA: keys.list({ state: "active", sort: "due" }), listB: keys.list({ state: "closed", sort: "due" }), a: keys.detail("a"), b: keys.detail("b"), summary: keys.summary, sources: keys.sources, inbox: keys.inbox({ show: "all" }), counts: keys.inboxCounts, duty: keys.duty, views: keys.views };
  for (const key of Object.values(known)) client.setQueryData(key, {});
  await invalidateChanged(client, changes);
  return Object.entries(known).flatMap(([name, key]) => (client.getQueryState(key)?.isInvalidated ? [name] : []));
}

test("a changed item makes every list and its own detail old, and no other detail", async () => {
  expect(await staleAfter({ ...nothing, escalations: { ids: new Set(["a"]) } })).toEqual(["listA", "listB", "a", "summary"]);
});

test("when it is not said which items changed, all of them may have", async () => {
  expect(await staleAfter({ ...nothing, escalations: { ids: null } })).toEqual(["listA", "listB", "a", "b", "summary"]);
});

test("news from thegent's files leave the queue alone, but what may be said of it is as of a later moment", async () => {
  expect(await staleAfter({ ...nothing, sources: true })).toEqual(["summary", "sources"]);
});

test("a notice makes the inbox and its figures old, and nothing of the queue", async () => {
  expect(await staleAfter({ ...nothing, notices: true })).toEqual(["inbox", "counts"]);
});

test("who is on duty changes whom every item would reach", async () => {
  expect(await staleAfter({ ...nothing, duty: true })).toEqual(["a", "b", "duty"]);
  expect(await staleAfter({ ...nothing, duty: true, escalations: { ids: new Set(["a"]) } })).toEqual(["listA", "listB", "a", "b", "summary", "duty"]);
});
