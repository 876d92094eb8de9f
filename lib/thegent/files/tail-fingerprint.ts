/**
 * A digest of what was read of a file, by which a rewrite shows that only looks like growth. Three SHA-256 digests:
 *   head   of the first 4 KiB
 *   body   of the complete 256-KiB blocks, each hashed over the digest of the ones before
 *   tail   of what follows the last complete block
 * Head and tail can be checked by reading little; the body needs the whole prefix. Going on from a stored digest needs neither.
 */
import { createHash, type Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

export const headBytes = 4 * 1024;
export const blockBytes = 256 * 1024;
/** Others wait no longer than this takes to read. */
const betweenBytes = 64 * 1024 * 1024;

export class PrefixDigest {
  private constructor(
    private length: number,
    private head: Hash,
    private body: string,
    private tail: Hash,
  ) {}

  static empty(): PrefixDigest {
    return new PrefixDigest(0, createHash("sha256"), "", createHash("sha256"));
  }

  /**
   * The digest of the first `length` bytes, ready to go on; null when they are not the bytes `digest` was made of.
   * `edges` looks at the first 4 KiB and at the last block, `whole` at everything; `between` is called now and then.
   */
  static async resume(
    file: FileHandle,
    length: number,
    digest: string,
    extent: "edges" | "whole",
    between = async () => {},
  ): Promise<PrefixDigest | null> {
    const resumed = PrefixDigest.empty();
    if (extent === "edges") {
      const blocks = Math.floor(length / blockBytes) * blockBytes;
      if (blocks > 0) {
        await resumed.addRange(file, 0, headBytes, between);
        resumed.body = digest.split(".")[1] ?? "";
        resumed.tail = createHash("sha256");
        resumed.length = blocks;
      }
    }
    const complete = await resumed.addRange(file, resumed.length, length, between);
    return complete && resumed.toString() === digest ? resumed : null;
  }

  add(bytes: Uint8Array): void {
    if (this.length < headBytes) this.head.update(bytes.subarray(0, headBytes - this.length));
    for (let at = 0; at < bytes.length;) {
      const room = blockBytes - (this.length % blockBytes);
      const part = bytes.subarray(at, at + room);
      this.tail.update(part);
      this.length += part.length;
      at += part.length;
      if (part.length === room) this.closeBlock();
    }
  }

  private closeBlock(): void {
    this.body = createHash("sha256").update(this.body).update(this.tail.digest()).digest("hex");
    this.tail = createHash("sha256");
  }

  private async addRange(file: FileHandle, from: number, to: number, between: () => Promise<void>): Promise<boolean> {
    const buffer = Buffer.allocUnsafe(Math.min(blockBytes, Math.max(1, to - from)));
    for (let at = from; at < to;) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - at), at);
      if (!bytesRead) return false;
      this.add(buffer.subarray(0, bytesRead));
      if (Math.floor((at + bytesRead) / betweenBytes) > Math.floor(at / betweenBytes)) await between();
      at += bytesRead;
    }
    return true;
  }

  copy(): PrefixDigest {
    return new PrefixDigest(this.length, this.head.copy(), this.body, this.tail.copy());
  }

  /** What is stored as SourceFile.edgeHash. */
  toString(): string {
    return [this.head.copy().digest("hex"), this.body, this.tail.copy().digest("hex")].join(".");
  }
}
