import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { SharedReads } from "./shared-reads";

/** Reads that end when they are told to, and answer what stood there when they began. */
function made() {
  const world = { state: "old", began: 0, ends: [] as ((error?: Error) => void)[] };
  const reads = new SharedReads<string>();
  const ask = (key = "queue") =>
    reads.ask(key, () => {
      const seen = world.state;
      world.began += 1;
      return new Promise((answer, fail) => world.ends.push((error) => (error ? fail(error) : answer(seen))));
    });
  const end = async (error?: Error) => {
    world.ends.shift()!(error);
    await pause(0);
  };
  return { world, ask, end };
}

test("twenty who ask at once are answered by two reads, and nobody by one that set out before they asked", async () => {
  const { world, ask, end } = made();
  const first = ask();
  world.state = "new";
  const others = Array.from({ length: 19 }, () => ask());
  expect(world.began).toBe(1);
  await end();
  expect(await first).toBe("old");
  expect(world.began).toBe(2);
  await end();
  expect(await Promise.all(others)).toEqual(others.map(() => "new"));
});

test("who asks while the second is on its way waits for a third", async () => {
  const { world, ask, end } = made();
  void ask();
  const second = ask();
  await end();
  world.state = "newest";
  const third = ask();
  await end();
  expect(await second).toBe("old");
  await end();
  expect(await third).toBe("newest");
});

test("who asks later, or something else, is answered by a read of their own", async () => {
  const { world, ask, end } = made();
  void ask();
  void ask("closed");
  expect(world.began).toBe(2);
  await end();
  await end();
  void ask();
  expect(world.began).toBe(3);
});

test("a read that fails is told to who asked for it; those behind it read again", async () => {
  const { ask, end } = made();
  const first = ask();
  const second = ask();
  await Promise.all([expect(first).rejects.toThrow("gone"), end(new Error("gone"))]);
  await end();
  expect(await second).toBe("old");
});
