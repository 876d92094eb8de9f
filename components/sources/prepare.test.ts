import { describe, expect, test } from "vitest";
import type { SourceFileView } from "@/lib/contracts/sources";
import { foldFiles, sayFile, sayProgress } from "./prepare";

const file: SourceFileView = { path: "run_registry.jsonl", kind: "run_registry", size: 1000, read: 1000, lines: 10, records: 10, quarantined: 0, lastReadAt: null, problem: null, gone: false };

describe("a file says its worst fact", () => {
  test.each([
    [{}, "green", "Read to its end"],
    [{ quarantined: 2 }, "amber", "Read; 2 not usable"],
    [{ read: 0, quarantined: 2 }, "amber", "Reading, 1.0 kB left"],
    [{ gone: true, read: 0 }, "muted", "No longer there; its records are kept"],
    [{ problem: "Permission denied.", gone: true }, "red", "Permission denied."],
  ] as const)("%j is %s: %s", (change, tone, says) => expect(sayFile({ ...file, ...change })).toMatchObject({ tone, says }));
});

test("the directory says whether everything is read", () => {
  const progress = { read: 500_000, size: 1_000_000, reading: true };
  expect(sayProgress({ progress, problem: null, files: [file] }).says).toBe("Reading: 500.0 kB of 1.0 MB");
  expect(sayProgress({ progress: { ...progress, reading: false }, problem: null, files: [file] }).says).toBe("Everything read: 1.0 MB in 1 file");
  expect(sayProgress({ progress: { ...progress, reading: false }, problem: null, files: [{ ...file, quarantined: 1 }] }).says).toBe("Everything read, but 1 line could not be used");
  expect(sayProgress({ progress: { ...progress, reading: false }, problem: null, files: [{ ...file, problem: "x" }] }).tone).toBe("red");
  expect(sayProgress({ progress, problem: "The directory is gone.", files: [] }).says).toBe("The directory is gone.");
});

test("many files of a kind that are well become one line; whatever is amiss stays visible", () => {
  const metas = Array.from({ length: 30 }, (_, i) => ({ ...file, path: `${i}/meta.json`, kind: "session_meta" }));
  const broken = { ...metas[7]!, problem: "Not JSON." };
  const { shown, folded } = foldFiles([file, ...metas.filter((_, i) => i !== 7), broken], 5);
  expect(shown).toEqual([file, broken]);
  expect(folded).toEqual([{ kind: "session_meta", count: 29, records: 290, size: 29_000 }]);
});
