import { beforeAll, describe, expect, it } from "vitest";
import { freshDatabase } from "@/lib/testing/database";
import { db, inTransaction, pool, useDatabase } from "./client";

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 2);
});

const later = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Whoever holds a connection and waits for a second one stands in the way of everybody who does the same. */
describe("within a transaction", () => {
  it.each<[string, () => unknown]>([
    ["another transaction", () => inTransaction(async () => {})],
    ["a statement beside it", () => db().person.count()],
    ["a plain connection", () => pool().query("SELECT 1")],
  ])("%s throws, also after a wait", async (_, use) => {
    const inside = inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1`;
      await later();
      await use();
    });
    await expect(inside).rejects.toThrow("A second connection is asked for within a transaction");
  });

  it("its own statements run, and what was begun in it and goes on after it is free again", async () => {
    let end = () => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    let after: Promise<number> | undefined;
    const count = await inTransaction(async (tx) => {
      after = ended.then(() => db().person.count());
      return tx.person.count();
    });
    end();
    expect([count, await after]).toEqual([0, 0]);
  });
});
