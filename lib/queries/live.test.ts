import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { invalidateChanged } from "./live";
import { keys } from "./options";

async function staleAfter(changes: Parameters<typeof invalidateChanged>[1]): Promise<string[]> {
  const client = new QueryClient();
  const known = { listA: keys.list({ state: "active", sort: "due" }), listB: keys.list({ state: "closed", sort: "due" }), a: keys.detail("a"), b: keys.detail("b"), summary: keys.summary, sources: keys.sources };
  for (const key of Object.values(known)) client.setQueryData(key, {});
  await invalidateChanged(client, changes);
  return Object.entries(known).flatMap(([name, key]) => (client.getQueryState(key)?.isInvalidated ? [name] : []));
}

test("a changed item makes every list and its own detail old, and no other detail", async () => {
  expect(await staleAfter({ escalations: { ids: new Set(["a"]) }, sources: false })).toEqual(["listA", "listB", "a", "summary"]);
});

test("when it is not said which items changed, all of them may have", async () => {
  expect(await staleAfter({ escalations: { ids: null }, sources: false })).toEqual(["listA", "listB", "a", "b", "summary"]);
});

test("news from thegent's files leave the queue alone, but what may be said of it is as of a later moment", async () => {
  expect(await staleAfter({ escalations: null, sources: true })).toEqual(["summary", "sources"]);
});
