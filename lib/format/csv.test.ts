import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvLine } from "./csv";
import { tableFile, type FileFormat } from "./table-file";

/** RFC 4180 by hand: the records of a text. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === "" && !record.length) break;
    record.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}

describe("a record of CSV", () => {
  test.each([
    [["a", 1, true, null], "a,1,true,\r\n"],
    [['say "no", twice', "two\nlines", "cr\rhere"], '"say ""no"", twice","two\nlines","cr\rhere"\r\n'],
    [["=1+1", "+1", "-1", "@sum", "\tx"], "'=1+1,'+1,'-1,'@sum,'\tx\r\n"],
    [['=HYPERLINK("http://x","y")', "\rx"], `"'=HYPERLINK(""http://x"",""y"")","'\rx"\r\n`],
    [[-5, "a=b", " =1"], "-5,a=b, =1\r\n"],
  ])("%j", (cells, line) => expect(csvLine(cells)).toBe(line));

  test("is read back as it was, but for the apostrophe before what a spreadsheet would run", () =>
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ unit: fc.constantFrom(..."ab,\"'=+-@\t\r\n é日") }), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const read = readCsv(rows.map(csvLine).join(""));
        expect(read).toEqual(rows.map((row) => row.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))));
      }),
    ));
});

async function* pages<T>(...all: T[][]) {
  yield* all;
}
async function written(format: FileFormat, ...all: { a: string; b: number | null }[][]): Promise<string> {
  let text = "";
  for await (const piece of tableFile(format, ["b", "a"], pages(...all))) text += piece;
  return text;
}

describe("a file of rows", () => {
  test("is CSV with a byte order mark, a header and a line a row, however many pages it came in", async () => {
    expect(await written("csv", [{ a: "x", b: 1 }], [], [{ a: "y", b: null }])).toBe("\uFEFFb,a\r\n1,x\r\n,y\r\n");
    expect(await written("csv", [])).toBe("\uFEFFb,a\r\n");
    expect(await written("csv")).toBe("\uFEFFb,a\r\n");
  });

  test("is one JSON array, however many pages it came in", async () => {
    const rows = [{ a: "x\u2028\"", b: 1 }, { a: "y", b: null }];
    expect(JSON.parse(await written("json", [rows[0]!], [], [rows[1]!]))).toEqual(rows);
    expect(JSON.parse(await written("json", []))).toEqual([]);
    expect(JSON.parse(await written("json"))).toEqual([]);
  });
});
