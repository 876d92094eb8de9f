import { describe, expect, it } from "vitest";
import {
  hasSettled,
  needsLook,
  planRead,
  smallPrefixBytes,
  wholeCheckEveryMs,
  type DiskState,
  type Look,
  type Plan,
  type Recorded,
} from "./tail";

const now = 1_000_000_000;
const disk = (change: Partial<DiskState> = {}): DiskState => ({
  identity: "1:2",
  size: 1000,
  mtimeMs: now - 5000,
  changeStamp: "1:1",
  ...change,
});
const look = (change: Partial<Look> = {}): Look => ({
  disk: disk(),
  at: now - 1000,
  wholeCheckAt: now - 1000,
  wholeCheckDue: false,
  lastLineDue: false,
  ...change,
});

describe("a file is opened", () => {
  it.each<[string, boolean, Look | undefined, DiskState]>([
    ["when this process never looked at it", true, undefined, disk()],
    ["not when nothing moved", false, look(), disk()],
    ["when it grew", true, look(), disk({ size: 1001 })],
    ["when it shrank", true, look(), disk({ size: 999 })],
    ["when it was written with the same size", true, look(), disk({ changeStamp: "2:2" })],
    [
      "when only its change time moved, its modification time having been set back",
      true,
      look(),
      disk({ changeStamp: "1:2" }),
    ],
    ["when another file took its name", true, look(), disk({ identity: "1:3" })],
    [
      "when the last look came so soon after a write that a second one would not show",
      true,
      look({ at: now - 4950 }),
      disk(),
    ],
    ["when a last line is to be looked at once more", true, look({ lastLineDue: true }), disk()],
    [
      "when a comparison is owed and a minute has passed",
      true,
      look({ wholeCheckDue: true, wholeCheckAt: now - wholeCheckEveryMs }),
      disk(),
    ],
    ["not before that", false, look({ wholeCheckDue: true, wholeCheckAt: now - wholeCheckEveryMs + 1 }), disk()],
  ])("%s", (_, expected, last, on) => expect(needsLook(last, on, now)).toBe(expected));
});

describe("what is done with an opened file", () => {
  const recorded = (change: Partial<Recorded> = {}): Recorded => ({
    identity: "1:2",
    offset: 1000,
    digest: "d",
    ...change,
  });
  const large = smallPrefixBytes + 1;
  const largeLook = look({ disk: disk({ size: large }) });
  it.each<[string, Recorded, DiskState, Look | undefined, Plan]>([
    [
      "is begun when nothing was recorded",
      recorded({ offset: 0, digest: null, identity: null }),
      disk(),
      undefined,
      { do: "begin" },
    ],
    [
      "is begun when nothing was recorded, whichever file it was",
      recorded({ offset: 0, identity: "9:9" }),
      disk(),
      look(),
      { do: "begin" },
    ],
    [
      "is read again when no digest tells what was read",
      recorded({ digest: null }),
      disk(),
      look(),
      { do: "again", because: "replaced" },
    ],
    [
      "is read again when replaced",
      recorded({ identity: "1:1" }),
      disk(),
      look(),
      { do: "again", because: "replaced" },
    ],
    [
      "counts as truncated when replaced by a shorter one, which may still be written",
      recorded({ identity: "1:1" }),
      disk({ size: 1 }),
      look(),
      { do: "again", because: "truncated" },
    ],
    ["is read again when truncated", recorded(), disk({ size: 999 }), look(), { do: "again", because: "truncated" }],
    [
      "goes on after growth, a small prefix compared whole",
      recorded(),
      disk({ size: 1200 }),
      look(),
      { do: "go-on", compare: "whole", digest: "d" },
    ],
    [
      "goes on after growth, a large prefix compared by its edges",
      recorded({ offset: large }),
      disk({ size: large + 9 }),
      largeLook,
      { do: "go-on", compare: "edges", digest: "d" },
    ],
    [
      "goes on after growth, a large prefix compared whole once a minute",
      recorded({ offset: large }),
      disk({ size: large + 9 }),
      { ...largeLook, wholeCheckAt: now - wholeCheckEveryMs },
      { do: "go-on", compare: "whole", digest: "d" },
    ],
    [
      "is compared whole when written without growth",
      recorded({ offset: large }),
      disk({ size: large, changeStamp: "2:2" }),
      largeLook,
      { do: "go-on", compare: "whole", digest: "d" },
    ],
    [
      "is compared whole on the first look after a start",
      recorded({ offset: large }),
      disk({ size: large + 9 }),
      undefined,
      { do: "go-on", compare: "whole", digest: "d" },
    ],
  ])("%s", (_, row, on, last, plan) => expect(planRead(row, on, last, now)).toEqual(plan));
});

describe("a change in place", () => {
  it.each<[string, boolean, Parameters<typeof hasSettled>]>([
    ["waits while it may still go on", false, ["truncated", disk({ mtimeMs: now - 10 }), now - 10, now]],
    ["is taken up after some quiet", true, ["truncated", disk({ mtimeMs: now - 300 }), now - 300, now]],
    ["is taken up when it never comes to rest", true, ["rewritten", disk({ mtimeMs: now }), now - 1000, now]],
    ["needs no quiet when the file was replaced", true, ["replaced", disk({ mtimeMs: now }), now, now]],
  ])("%s", (_, expected, args) => expect(hasSettled(...args)).toBe(expected));
});
