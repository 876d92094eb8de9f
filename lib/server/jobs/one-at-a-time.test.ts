import { describe, expect, it } from "vitest";
import { oneAtATime } from "./one-at-a-time";

/** Work that is ended by hand, and how many are at it. */
function byHand() {
  const ends: { done: () => void; fail: (why: Error) => void }[] = [];
  let [now, most] = [0, 0];
  const work = async () => {
    most = Math.max(most, ++now);
    await new Promise<void>((done, fail) => ends.push({ done, fail })).finally(() => now--);
  };
  return { work: oneAtATime(work), ends, most: () => most, turn: () => new Promise((done) => setImmediate(done)) };
}

describe("work of which one is done at a time", () => {
  it("is done once more after it, however often it was asked for meanwhile", async () => {
    const { work, ends, most, turn } = byHand();
    const first = work();
    await Promise.all([work(), work(), work()]);
    expect(ends).toHaveLength(1);
    ends[0]!.done();
    await turn();
    expect(ends).toHaveLength(2);
    ends[1]!.done();
    await first;
    expect([ends.length, most()]).toEqual([2, 1]);
  });

  it("is done anew when it is asked for after it has ended", async () => {
    const { work, ends } = byHand();
    const first = work();
    ends[0]!.done();
    await first;
    const second = work();
    expect(ends).toHaveLength(2);
    ends[1]!.done();
    await second;
  });

  it("fails for whoever began it, and can be begun again", async () => {
    const { work, ends } = byHand();
    const first = work();
    await work();
    ends[0]!.fail(new Error("the disk is full"));
    await expect(first).rejects.toThrow("the disk is full");
    const second = work();
    expect(ends).toHaveLength(2);
    ends[1]!.done();
    await second;
  });
});
