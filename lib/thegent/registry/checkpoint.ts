/**
 * From where an audit goes on when a registry has only been appended to. A checkpoint is made by an audit that passed, and is worth what it binds:
 * the bytes before it, by their digest. Whoever stores it must keep it from those who may write the registry.
 */
import { createHash } from "node:crypto";
import type { PackedState } from "./audit-span";

export type Checkpoint = {
  /** Bytes audited; a line begins there. */
  offset: number;
  lines: number;
  valid: number;
  /** What the next line is held against. */
  state: PackedState;
  /** SHA-256 of the last `tailBytes` before the offset: a chain of hashes stands behind them. */
  tail: string;
  tailBytes: number;
};

/** Enough for the last record, whose hash covers the one before it, and so on to the first. */
export const mostTailBytes = 64 * 1024;

export const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Whether a file may be audited from the checkpoint on. Not shorter than it was, the same before the offset, and only after a line's end.
 * What an old line says now is not seen by it: that takes the full audit, each night.
 */
export function continuesFrom(
  checkpoint: Checkpoint,
  file: { size: number; tail: Uint8Array },
): "continues" | "shorter" | "different" {
  if (file.size < checkpoint.offset) return "shorter";
  if (file.tail.length !== checkpoint.tailBytes) return "different";
  return digestOf(file.tail) === checkpoint.tail ? "continues" : "different";
}
