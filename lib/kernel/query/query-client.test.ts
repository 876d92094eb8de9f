import { notifyManager, QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { queryClient } from "./query-client";

test("what is answered at once is told in one turn, so that a page is drawn once for all of it", async () => {
  const client = queryClient();
  let answer: () => void;
  const answered = new Promise<void>((done) => (answer = done));
  const told: string[] = [];
  const leaves = ["list", "figures"].map((name) =>
    new QueryObserver(client, { queryKey: [name], queryFn: () => answered.then(() => name) }).subscribe(
      // As the hooks do.
      notifyManager.batchCalls(({ data }: { data: string | undefined }) => {
        if (!data) return;
        told.push(data);
        // When React draws what it was told.
        queueMicrotask(() => told.push("drawn"));
      }),
    ),
  );
  answer!();
  await vi.waitFor(() => expect(told).toHaveLength(4));
  expect(told).toEqual(["list", "figures", "drawn", "drawn"]);
  for (const leave of leaves) leave();
  client.clear();
});
