import { describe, expect, test } from "vitest";
import type { QuarantinedLineView, SourceFileView } from "@/lib/areas/source/contract";
import { foldFiles, sayFile, sayFolded, sayPlace, sayProgress } from "./prepare";

const file: SourceFileView = {
  path: "run_registry.jsonl",
  kind: "run_registry",
  size: 1000,
  read: 1000,
  rereading: false,
  lines: 10,
  records: 10,
  quarantined: 0,
  lastReadAt: null,
  problem: null,
  gone: false,
  dialects: { reference: 0, later: 0 },
  laterBefore: false,
  lost: 0,
};

describe("a file says its worst fact", () => {
  test.each([
    [{}, "green", "Read to its end"],
    [{ quarantined: 2 }, "amber", "Read; 2 not usable"],
    [{ lost: 1, quarantined: 2 }, "red", "It shrank: 1 record is gone, and kept here"],
    [{ lost: 2, kind: "escalation_queue" }, "red", "It shrank: 2 records are gone, and kept here"],
    [{ lost: 2, kind: "escalation_queue", laterBefore: true }, "amber", "It shrank: 2 records are gone, and kept here"],
    [{ read: 500, quarantined: 2 }, "amber", "Reading, 500 B of 1.0 kB"],
    [{ rereading: true, quarantined: 2 }, "amber", "Reading again from its start, 1.0 kB"],
    [{ gone: true, read: 0 }, "muted", "No longer there; its records are kept"],
    [{ problem: "Permission denied.", gone: true }, "red", "Permission denied."],
  ] as const)("%j is %s: %s", (change, tone, says) =>
    expect(sayFile({ ...file, ...change })).toMatchObject({ tone, says }),
  );
});

test("the directory says whether everything is read", () => {
  const progress = { read: 500_000, size: 1_000_000, reading: true };
  expect(sayProgress({ progress, problem: null, amissCount: 0, files: [file] }).says).toBe(
    "Reading: 500.0 kB of 1.0 MB",
  );
  expect(
    sayProgress({ progress: { ...progress, read: 1_000_000 }, problem: null, amissCount: 0, files: [file] }).says,
  ).toBe("Reading again what was rewritten");
  expect(
    sayProgress({
      progress: { ...progress, read: 1_000_000, reading: false },
      problem: null,
      amissCount: 0,
      files: [file],
    }).says,
  ).toBe("Everything read: 1.0 MB in 1 file");
  expect(
    sayProgress({
      progress: { ...progress, read: 1_000_000, reading: false },
      problem: null,
      amissCount: 0,
      files: [{ ...file, quarantined: 1 }],
    }).says,
  ).toBe("Everything read, but 1 line could not be used");
  expect(
    sayProgress({
      progress: { ...progress, read: 1_000_000, reading: false },
      problem: null,
      amissCount: 0,
      files: [{ ...file, problem: "x" }],
    }).tone,
  ).toBe("red");
  expect(
    sayProgress({
      progress: { ...progress, read: 1_000_000, reading: false },
      problem: null,
      amissCount: 2,
      files: [file],
    }),
  ).toMatchObject({ tone: "red", says: "2 other places cannot be looked into" });
  expect(
    sayProgress({
      progress: { ...progress, read: 1_000_000, reading: false },
      problem: null,
      amissCount: 1,
      files: [{ ...file, problem: "x" }],
    }).says,
  ).toBe("1 of 1 files cannot be read, 1 other place cannot be looked into");
  expect(sayProgress({ progress, problem: "The directory is gone.", amissCount: 0, files: [] }).says).toBe(
    "The directory is gone.",
  );
});

test("many files of a kind that are well become one line; whatever is amiss stays visible", () => {
  const metas = Array.from({ length: 30 }, (_, i) => ({ ...file, path: `${i}/meta.json`, kind: "session_meta" }));
  const broken = { ...metas[7]!, problem: "Not JSON." };
  const { shown, folded } = foldFiles([file, ...metas.filter((_, i) => i !== 7), broken], 5);
  expect(shown).toEqual([file, broken]);
  expect(folded).toEqual([{ kind: "session_meta", count: 29, records: 290, size: 29_000 }]);
});

test("a second queue is one line, of which its number is told", () => {
  const items = ["a", "b"].map((id) => ({ ...file, path: `escalations/${id}.json`, kind: "second_queue", records: 1 }));
  expect(foldFiles([file, ...items], 8)).toEqual({
    shown: [file],
    folded: [{ kind: "second_queue", count: 2, records: 2, size: 2000 }],
  });
  expect([sayFolded("second_queue", 2), sayFolded("session_meta", 29)]).toEqual([
    "2 files in escalations/",
    "29 more files of kind session_meta",
  ]);
});

test("equal lines that could not be used are one, with how many they are", () => {
  const line: QuarantinedLineView = {
    file: "escalation_queue.jsonl",
    line: 7,
    lastLine: 7,
    count: 1,
    reason: "It is not JSON.",
    excerpt: "x",
    length: 1,
    firstSeenAt: "2026-03-01T10:00:00.000Z",
  };
  expect(sayPlace(line)).toBe("line 7");
  expect(sayPlace({ ...line, lastLine: 199_993, count: 12_500 })).toBe("lines 7 to 199,993, ×12,500");
});
