import { describe, expect, it } from "vitest";
import { parsePythonJson } from "./json";
import { isEqual, isLess, NotComparable } from "./order";

const less = (a: string, b: string) => isLess(parsePythonJson(a), parsePythonJson(b));

describe("Python's order", () => {
  it.each([
    ["1", "2"],
    ["false", "true"],
    ["true", "1.5"],
    ["-Infinity", "0"],
    ["9007199254740992.0", "9007199254740993"],
    ['"Z"', '"a"'],
    ['"～"', '"😀"'],
    ["[1,2]", "[1,3]"],
    ["[1]", "[1,0]"],
    ["[1,null]", "[2,0]"],
    ["[NaN,1]", "[NaN,2]"],
    ["[{},1]", "[{},2]"],
  ])("puts %s before %s", (a, b) => expect([less(a, b), less(b, a)]).toEqual([true, false]));

  it.each([
    ["1", "1.0"],
    ["true", "1"],
    ["NaN", "1"],
    ['"a"', '"a"'],
    ["[1]", "[1]"],
    ["[null]", "[null]"],
  ])("puts neither of %s and %s first", (a, b) => expect([less(a, b), less(b, a)]).toEqual([false, false]));

  it.each([
    ["null", "null"],
    ["1", "null"],
    ['"1"', "1"],
    ["{}", "{}"],
    ["[1]", '["1"]'],
    ["[1]", "1"],
  ])("cannot compare %s and %s", (a, b) => expect(() => less(a, b)).toThrow(NotComparable));

  it("finds objects equal whatever the order of their keys", () => {
    expect(isEqual(parsePythonJson('{"a":1,"b":[true]}'), parsePythonJson('{"b":[1.0],"a":1}'))).toBe(true);
    expect(isEqual(parsePythonJson('{"a":1}'), parsePythonJson('{"a":2}'))).toBe(false);
  });
});
