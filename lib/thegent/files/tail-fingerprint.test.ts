import { createHash } from "node:crypto";
import fs from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blockBytes, headBytes, PrefixDigest } from "./tail-fingerprint";

let directory: string;
let name: string;
let file: FileHandle;

beforeEach(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "tail-"));
  name = path.join(directory, "file");
  fs.writeFileSync(name, "");
  file = await open(name, "r+");
});
afterEach(async () => {
  await file.close();
  fs.rmSync(directory, { recursive: true });
});

/** The same bytes on every run, no two blocks alike. */
function bytes(length: number): Buffer {
  const block = Buffer.alloc(length);
  for (let at = 0, n = 0; at < length; at += 32, n++) createHash("sha256").update(String(n)).digest().copy(block, at);
  return block;
}

function digestOf(content: Uint8Array): string {
  const digest = PrefixDigest.empty();
  digest.add(content);
  return digest.toString();
}

const sizes = [0, 1, headBytes, headBytes + 1, blockBytes - 1, blockBytes, blockBytes + 1, 3 * blockBytes + 7];

describe("the digest of a prefix", () => {
  it.each(sizes)("of %i bytes is the same however the bytes arrive", (size) => {
    const content = bytes(size);
    const digest = PrefixDigest.empty();
    for (let at = 0; at < size; at += 1000) digest.add(content.subarray(at, at + 1000));
    expect(digest.toString()).toBe(digestOf(content));
  });

  it.each(sizes.flatMap((size) => [["edges", size] as const, ["whole", size] as const]))(
    "is resumed by its %s from %i bytes on disk and goes on",
    async (extent, size) => {
      const content = bytes(size + 300_000);
      fs.writeFileSync(name, content);
      const resumed = await PrefixDigest.resume(file, size, digestOf(content.subarray(0, size)), extent);
      resumed!.add(content.subarray(size));
      expect(resumed!.toString()).toBe(digestOf(content));
    },
  );

  it.each([
    ["the first byte", 0, true],
    ["the last byte before the offset", 3 * blockBytes + 6, true],
    ["a byte in the middle", blockBytes + 5, false],
  ])("finds a change of %s as a whole, and by its edges if it lies there", async (_, at, byEdges) => {
    const content = bytes(3 * blockBytes + 7);
    const digest = digestOf(content);
    content[at]! ^= 1;
    fs.writeFileSync(name, content);
    expect(await PrefixDigest.resume(file, content.length, digest, "whole")).toBeNull();
    expect((await PrefixDigest.resume(file, content.length, digest, "edges")) === null).toBe(byEdges);
  });

  it("is not that of a file which has become shorter", async () => {
    const content = bytes(1000);
    fs.writeFileSync(name, content.subarray(0, 900));
    expect(await PrefixDigest.resume(file, 1000, digestOf(content), "edges")).toBeNull();
  });

  it("can be copied and left where it was", () => {
    const digest = PrefixDigest.empty();
    digest.add(bytes(10));
    digest.copy().add(bytes(10));
    expect(digest.toString()).toBe(digestOf(bytes(10)));
  });
});
