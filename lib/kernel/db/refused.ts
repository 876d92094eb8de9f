/** What the database refuses for what it says is found and put aside, so that it holds up nothing else. */
import "server-only";
import { sqlState, type Tx } from "./client";

export type Refused<Item> = { item: Item; /** In PostgreSQL's words. */ because: string };

/**
 * Does `work` with all items; where the database refuses their data, with each half of them, down to the ones at fault, which are answered.
 * What was begun with them is undone. Any other error is nobody's fault among them, and thrown.
 */
export async function takeAllBut<Item>(
  tx: Tx,
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<void>,
): Promise<Refused<Item>[]> {
  if (!items.length) return [];
  await tx.$executeRaw`SAVEPOINT "some"`;
  try {
    await work(items);
    await tx.$executeRaw`RELEASE SAVEPOINT "some"`;
    return [];
  } catch (error) {
    const because = refusalOfData(error);
    if (because === null) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT "some"`;
    await tx.$executeRaw`RELEASE SAVEPOINT "some"`;
    if (items.length === 1) return [{ item: items[0]!, because }];
    const half = items.length >> 1;
    return [...(await takeAllBut(tx, items.slice(0, half), work)), ...(await takeAllBut(tx, items.slice(half), work))];
  }
}

const longestBecause = 300;

/** A value out of its range, a limit of the program, a check or a missing value: not a race, a lost connection or a full disk. */
function refusalOfData(error: unknown): string | null {
  const state = sqlState(error);
  return state && /^(22|54|23502|23514)/.test(state.code) ? state.message.slice(0, longestBecause) : null;
}
