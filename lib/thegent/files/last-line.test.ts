import { describe, expect, test } from "vitest";
import { lastLine, sinceRead, stillMs, stoodStill } from "./last-line";

describe("a last line without its newline", () => {
  test.each<[string, string | Buffer, "ended" | "record" | "half"]>([
    ["nothing", "", "ended"],
    ["ended lines", '{"a": 1}\n{"a": 2}\n', "ended"],
    ["ended by CR alone", '{"a": 1}\r', "ended"],
    ["blanks behind the end", '{"a": 1}\n \t', "ended"],
    ["a whole record", '{"a": 1}\n{"a": 2}', "record"],
    ["a whole record in a file of one line", '{"a": 2}', "record"],
    ["a whole record with blanks around", '{"a": 1}\n  {"a": 2} ', "record"],
    ["a whole record as Python reads it", '{"a": NaN}', "record"],
    ["half a record", '{"a": 1}\n{"a": "x', "half"],
    ["a record and a half", '{"a": 1}{"a":', "half"],
    ["two records on a line", '{"a": 1}{"a": 2}', "half"],
    ["a number, which may be half of one", '{"a": 1}\n12', "half"],
    ["a text", '"whole"', "half"],
    ["a list", "[1]", "half"],
    ["half a character", Buffer.concat([Buffer.from('{"a": "'), Buffer.from([0xc3])]), "half"],
  ])("is, of %s: %s", (_, content, is) => expect(lastLine(Buffer.from(content)).is).toBe(is));

  test("has no bytes of the lines before it", () => {
    const content = Buffer.from('{"a": 1}\n{"a": 2}');
    expect(lastLine(content)).toEqual({ is: "record", bytes: Buffer.from('{"a": 2}') });
    expect(lastLine(Buffer.from('\n{"a": 2}'), { number: 3, byteOffset: 100, previousByteWasCR: true })).toEqual({
      is: "record",
      bytes: Buffer.from('{"a": 2}'),
    });
  });
});

describe("a file stands still", () => {
  const disk = { size: 10, changeStamp: "1:1", mtimeMs: 1000 };
  test.each([
    ["once its own time says so", disk, undefined, 1000 + stillMs, true],
    ["not before", disk, undefined, 999 + stillMs, false],
    [
      "also when the disk's clock is ahead, once we saw it so for long enough",
      { ...disk, mtimeMs: 9000 },
      { size: 10, changeStamp: "1:1", at: 1000 },
      1000 + stillMs,
      true,
    ],
    [
      "but not when it grew since",
      { ...disk, mtimeMs: 9000 },
      { size: 9, changeStamp: "1:1", at: 1000 },
      1000 + stillMs,
      false,
    ],
    [
      "nor when it was written over",
      { ...disk, mtimeMs: 9000 },
      { size: 10, changeStamp: "0:1", at: 1000 },
      1000 + stillMs,
      false,
    ],
    [
      "nor when we only just saw it",
      { ...disk, mtimeMs: 9000 },
      { size: 10, changeStamp: "1:1", at: 1001 },
      1000 + stillMs,
      false,
    ],
  ])("%s", (_, state, seen, now, is) => expect(stoodStill(state, seen, now)).toBe(is));
});

describe("a line that was read without its newline", () => {
  const [brace, lf, cr] = [..."}\n\r"].map((character) => character.charCodeAt(0));
  test.each([
    [undefined, undefined, "not open"],
    [undefined, brace, "not open"],
    [lf, brace, "not open"],
    [cr, lf, "not open"],
    [brace, undefined, "as it was"],
    [brace, lf, "ended"],
    [brace, cr, "ended"],
    [brace, brace, "grown"],
    [brace, 0x20, "grown"],
  ] as const)("of %j, with %j behind it, is %s", (before, behind, is) => expect(sinceRead(before, behind)).toBe(is));
});
