import { expect, it } from "vitest";
import { inTurn } from "./in-turn";

it("lets so many of a key work at a time, in the order they came, and others beside them", async () => {
  const turn = inTurn(2);
  const running = { a: 0, b: 0 };
  const most = { a: 0, b: 0 };
  const order: number[] = [];
  const work = (key: "a" | "b", n: number) =>
    turn(key, async () => {
      most[key] = Math.max(most[key], ++running[key]);
      if (key === "a") order.push(n);
      await new Promise((resolve) => setImmediate(resolve));
      running[key]--;
      if (n === 3) throw new Error("one that fails");
    });
  const all = await Promise.allSettled([...Array.from({ length: 10 }, (_, n) => work("a", n)), work("b", 0)]);
  expect(all.filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect(most).toEqual({ a: 2, b: 1 });
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
