import { describe, expect, it } from "vitest";
import { decideStanding, staleAfterMs, type SourceFacts } from "./standing";

const now = new Date("2026-03-01T10:00:00.000Z");
const fresh: SourceFacts = {
  lastReadAt: new Date("2026-03-01T09:59:58.000Z"),
  readingAt: new Date("2026-03-01T09:59:59.000Z"),
  problem: null,
  queue: { problem: null, size: 900n, read: 900n, lines: 34, quarantined: 0 },
  waiting: 0,
  unaccounted: 0,
  surplus: 0,
  lost: 0,
  resolvesByRemoving: false,
  secondQueue: 0,
};
const queue = fresh.queue!;
const longAgo = new Date(now.getTime() - staleAfterMs - 1);

describe("all clear is a claim", () => {
  it("is made with its age and line while the queue equals thegent's waiting set", () => {
    expect(decideStanding(fresh, now)).toEqual({ kind: "reconciled", asOf: fresh.lastReadAt, line: 34, waiting: 0 });
  });
  it("holds for a source that has no queue file at all", () => {
    expect(decideStanding({ ...fresh, queue: null }, now)).toMatchObject({ kind: "reconciled", line: 0 });
  });
  it.each<[string, Partial<SourceFacts>, RegExp]>([
    ["the directory cannot be read", { problem: "The directory is gone." }, /directory is gone/],
    ["nothing was read yet", { lastReadAt: null, readingAt: null, queue: null }, /not been read yet/],
    [
      "the last reading is stale, and so is its worker",
      { lastReadAt: longAgo, readingAt: longAgo },
      /not been read lately; is the worker running/,
    ],
    [
      "a long queue file is being read for the first time",
      { lastReadAt: null, queue: { ...queue, read: 225n } },
      /being read, 25 % so far/,
    ],
    [
      "a long queue file is being read on",
      { lastReadAt: longAgo, queue: { ...queue, read: 899n } },
      /being read, 99 % so far/,
    ],
    [
      "a long queue file is being read again from its start",
      { lastReadAt: longAgo },
      /^The queue file is being read\.$/,
    ],
    [
      "a long queue file was being read when its worker stopped",
      { lastReadAt: longAgo, readingAt: longAgo, queue: { ...queue, read: 225n } },
      /is the worker running/,
    ],
    ["the queue file cannot be read", { queue: { ...queue, problem: "Permission denied." } }, /Permission denied/],
    [
      "the queue file cannot be read, and so was not read lately",
      { lastReadAt: new Date(0), queue: { ...queue, problem: "Permission denied." } },
      /Permission denied/,
    ],
    ["bytes are left to read", { queue: { ...queue, read: 899n } }, /being read/],
    ["a line could not be used", { queue: { ...queue, quarantined: 1 } }, /One line/],
    ["thegent waits for a run that is not open here", { waiting: 1, unaccounted: 1 }, /do not equal/],
    ["a run is open here that thegent does not list", { surplus: 1 }, /do not equal/],
    [
      "the record of an open item is gone, which is no all clear",
      { surplus: 1, lost: 1 },
      /one open item is gone .* nobody resolved it/,
    ],
    [
      "the record is gone from a file that a later thegent writes",
      { surplus: 1, lost: 1, resolvesByRemoving: true },
      /one open item is gone .* may be a resolution there/,
    ],
    ["a later thegent keeps a second queue beside it", { secondQueue: 2 }, /second queue .*: 2 items\./],
    ["there is a second queue and no first", { queue: null, secondQueue: 1 }, /second queue .*: 1 item\./],
    ["records of several are gone", { surplus: 2, lost: 2 }, /records of 2 open items/],
    ["the queue file vanished under open items", { queue: null, surplus: 2 }, /is gone/],
  ])("is unknown when %s", (_, change, because) => {
    const standing = decideStanding({ ...fresh, ...change }, now);
    expect(standing.kind).toBe("unknown");
    expect(standing.kind === "unknown" && standing.because).toMatch(because);
  });
  it("is still fresh at the very limit", () => {
    expect(decideStanding({ ...fresh, lastReadAt: new Date(now.getTime() - staleAfterMs) }, now).kind).toBe(
      "reconciled",
    );
  });
});
