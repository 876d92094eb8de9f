import { createHash } from "node:crypto";
import fs from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PrefixDigest } from "./tail-fingerprint";
import {
  fileStart,
  keptOfLongLineBytes,
  longestLineBytes,
  longLineAtOnceBytes,
  readBatches,
  readDocument,
  type LongReading,
  type Position,
  type TailBatch,
} from "./tail-read";

let directory: string;
let name: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "tail-"));
  name = path.join(directory, "file");
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

async function opened<T>(content: string | Buffer, work: (file: FileHandle) => Promise<T>): Promise<T> {
  fs.writeFileSync(name, content);
  const file = await open(name);
  return work(file).finally(() => file.close());
}

const read = (content: string | Buffer, from: Position = fileStart(), still = false): Promise<TailBatch[]> =>
  opened(content, async (file) => {
    const batches: TailBatch[] = [];
    for await (const batch of readBatches(file, from, { still })) batches.push(batch);
    return batches;
  });

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

const lines = (batches: TailBatch[]) =>
  batches.flatMap((batch) =>
    batch.lines.map(({ number, byteOffset, bytes }) => [number, byteOffset, bytes.toString()]),
  );
const endOf = (batches: TailBatch[]) => batches.at(-1)!.end;

function digestOf(bytes: Uint8Array): string {
  const digest = PrefixDigest.empty();
  digest.add(bytes);
  return digest.toString();
}

describe("reading on", () => {
  it("brings nothing of an empty file", async () => expect(await read("")).toEqual([]));

  it("numbers lines, counts blank ones, and leaves the half-written last one", async () => {
    const batches = await read("one\n\n  \t\ntwo\nhal");
    expect(lines(batches)).toEqual([
      [1, 0, "one"],
      [4, 9, "two"],
    ]);
    expect(endOf(batches)).toMatchObject({ offset: 13, lines: 4 });
    expect(endOf(batches).digest.toString()).toBe(digestOf(Buffer.from("one\n\n  \t\ntwo\n")));
  });

  it("takes a whole record for a line when the file stood still, and half of one never", async () => {
    const [batches, half] = [
      await read('one\n{"a": 1}', fileStart(), true),
      await read('one\n{"a": 1', fileStart(), true),
    ];
    expect(lines(batches)).toEqual([
      [1, 0, "one"],
      [2, 4, '{"a": 1}'],
    ]);
    expect(endOf(batches)).toMatchObject({ offset: 12, lines: 2 });
    expect(endOf(batches).digest.toString()).toBe(digestOf(Buffer.from('one\n{"a": 1}')));
    expect(lines(half)).toEqual([[1, 0, "one"]]);
    expect(lines(await read('one\n{"a": 1}'))).toEqual([[1, 0, "one"]]);
  });

  it.each(["\n", "\r\n", "\r"])("takes %j behind such a line for its end, not for another line", async (ending) => {
    const end = endOf(await read('{"a": 1}', fileStart(), true));
    const content = `{"a": 1}${ending}{"a": 2}\n`;
    const batches = await read(content, end);
    expect(lines(batches)).toEqual([[2, 8 + ending.length, '{"a": 2}']]);
    expect(endOf(batches)).toMatchObject({ offset: content.length, lines: 2 });
    expect(endOf(batches).digest.toString()).toBe(digestOf(Buffer.from(content)));
    expect(endOf(await read(`{"a": 1}${ending}`, end))).toMatchObject({ lines: 1 });
  });

  it("goes on where it stopped", async () => {
    const end = endOf(await read("one\nhal"));
    const batches = await read("one\nhalf\nthree\n", end);
    expect(lines(batches)).toEqual([
      [2, 4, "half"],
      [3, 9, "three"],
    ]);
    expect(endOf(batches).digest.toString()).toBe(digestOf(Buffer.from("one\nhalf\nthree\n")));
  });

  it("takes LF, CRLF and a lone CR for an end, and an LF that comes later for part of the CR before it", async () => {
    const first = await read("a\r\nb\rc\r");
    expect(lines(first)).toEqual([
      [1, 0, "a"],
      [2, 3, "b"],
      [3, 5, "c"],
    ]);
    const batches = await read("a\r\nb\rc\r\nd\n", endOf(first));
    expect(lines(batches)).toEqual([[4, 8, "d"]]);
    expect(endOf(batches)).toMatchObject({ offset: 10, lines: 4 });
  });

  it("keeps bytes that are no UTF-8, and a byte order mark, as they are", async () => {
    const content = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x0a, 0xff, 0xfe, 0x0a]);
    const [batch] = await read(content);
    expect(batch!.lines.map(({ bytes }) => bytes.toString("hex"))).toEqual(["efbbbf61", "fffe"]);
  });

  it("gives the same lines however many pieces and batches they need", async () => {
    const content = Array.from({ length: 20_000 }, (_, n) => `${n} ${"x".repeat((n * 7) % 300)}`);
    const batches = await read(content.map((line) => `${line}\n`).join(""));
    expect(batches.length).toBeGreaterThan(4);
    expect(lines(batches).map(([, , text]) => text)).toEqual(content);
    expect(lines(batches).map(([number]) => number)).toEqual(content.map((_, n) => n + 1));
    expect(endOf(batches).digest.toString()).toBe(digestOf(fs.readFileSync(name)));
  });
});

describe("a line that is too long", () => {
  const long = Buffer.alloc(longestLineBytes + 1_500_000, "y");

  it("is counted, digested and kept by its start, and does not stop the rest", async () => {
    const content = Buffer.concat([Buffer.from("a\n"), long, Buffer.from("\nb\n")]);
    const batches = await read(content);
    expect(lines(batches)).toEqual([
      [1, 0, "a"],
      [3, long.length + 3, "b"],
    ]);
    const [found] = batches.flatMap((batch) => batch.long);
    expect(found).toMatchObject({ number: 2, byteOffset: 2, length: long.length });
    expect(found!.sha256.toString("hex")).toBe(sha256(long));
    expect(found!.start.equals(long.subarray(0, keptOfLongLineBytes))).toBe(true);
    expect(endOf(batches)).toMatchObject({ offset: content.length, lines: 3 });
    expect(endOf(batches).digest.toString()).toBe(digestOf(content));
  });

  it("is too long by one byte, also when its end is in sight", async () => {
    const content = Buffer.concat([
      long.subarray(0, longestLineBytes),
      Buffer.from("\n"),
      long.subarray(0, longestLineBytes + 1),
      Buffer.from("\n"),
    ]);
    const batches = await read(content);
    expect(batches.flatMap((batch) => batch.lines.map(({ bytes }) => bytes.length))).toEqual([longestLineBytes]);
    expect(batches.flatMap((batch) => batch.long.map(({ length }) => length))).toEqual([longestLineBytes + 1]);
  });

  it("waits for its end like any other", async () => {
    const batches = await read(Buffer.concat([Buffer.from("a\n"), long]));
    expect(lines(batches)).toEqual([[1, 0, "a"]]);
    expect(endOf(batches)).toMatchObject({ offset: 2, lines: 1 });
  });
});

describe("the end of a line that is too long", () => {
  /** Several turns over one file, each with the bytes that it read. */
  const turns = async (content: string | Buffer, size: number, most: number) =>
    opened(content, async (file) => {
      fs.truncateSync(name, size);
      if (size < 2 ** 40) fs.appendFileSync(name, "\nb\n");
      const memory: { long?: LongReading } = {};
      const all: TailBatch[][] = [];
      let from = fileStart();
      let taken = 0;
      const readBytes: number[] = [];
      const read = file.read.bind(file) as (...args: unknown[]) => Promise<{ bytesRead: number }>;
      Object.assign(file, {
        read: async (...args: unknown[]) => read(...args).then((done) => ((taken += done.bytesRead), done)),
      });
      for (let turn = 0; turn < most; turn++) {
        const batches: TailBatch[] = [];
        taken = 0;
        for await (const batch of readBatches(file, from, { still: true, memory })) batches.push(batch);
        readBytes.push(taken);
        all.push(batches);
        from = batches.at(-1)?.end ?? from;
        if (!memory.long) break;
      }
      return { all, readBytes, from };
    });

  it(
    "is looked for over several turns, each of which leaves others their turn, and what was passed is known as if it were read at once",
    { timeout: 60_000 },
    async () => {
      const size = 80 * 1024 * 1024;
      const { all, readBytes, from } = await turns("a\nlong", size, 10);
      expect(all.map((batches) => [lines(batches), batches.flatMap(({ long }) => long.length)])).toEqual([
        [[[1, 0, "a"]], [0]],
        [[[3, size + 1, "b"]], [1, 0]],
      ]);
      expect(Math.max(...readBytes)).toBeLessThan(longLineAtOnceBytes + longestLineBytes + 4 * 1024 * 1024);
      const content = Buffer.concat([Buffer.from("a\nlong"), Buffer.alloc(size - 6), Buffer.from("\nb\n")]);
      const [found] = all.flat().flatMap(({ long }) => long);
      expect([found!.number, found!.length, found!.sha256.toString("hex")]).toEqual([
        2,
        size - 2,
        sha256(content.subarray(2, size)),
      ]);
      expect([from.offset, from.digest.toString()]).toEqual([content.length, digestOf(content)]);
    },
  );

  it("is given up, in words, when it is a terabyte away", { timeout: 60_000 }, async () => {
    await expect(turns("a\nlong", 2 ** 40, 100)).rejects.toThrow(
      "It holds a line of more than 1 GiB; what stands behind its beginning is not read.",
    );
  });
});

describe("a document", () => {
  it.each([
    ["is read whole", 0, 0],
    ["is read whole", 5, 5],
    ["is read whole", longestLineBytes, longestLineBytes],
  ])("%s: %i bytes", async (_, length, kept) => {
    const content = Buffer.alloc(length, "d");
    const document = await opened(content, readDocument);
    expect(document.bytes.equals(content.subarray(0, kept))).toBe(true);
    expect([document.length, document.sha256.toString("hex")]).toEqual([length, sha256(content)]);
  });

  it("that is too long is kept by its start, known by its length, and not read to its end", async () => {
    const withHoles = (length: number) =>
      opened("d", (handle) => (fs.truncateSync(name, length), readDocument(handle)));
    const [one, two] = [await withHoles(2 ** 40), await withHoles(2 ** 40 + 1)];
    expect([one.length, one.bytes.length, one.bytes[0]]).toEqual([2 ** 40, keptOfLongLineBytes, 0x64]);
    expect([two.length, two.sha256.equals(one.sha256)]).toEqual([2 ** 40 + 1, false]);
  });
});
