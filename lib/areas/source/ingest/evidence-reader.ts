import { createHash } from "node:crypto";
import type { FindingSource, Evidence } from "@/lib/areas/override/port";
import { openInside } from "@/lib/thegent/files/open-inside";
import { everyLine } from "@/lib/thegent/python/lines";
import type { JsonObject } from "@/lib/thegent/python/value";
import type { FileFormat, SourceFileKind } from "@/lib/thegent/records/format";
import { overrideKeyOf } from "@/lib/thegent/records/override-record";
import { exactOf, instantOf, kindOf, readObject, runIdOf, textOf } from "@/lib/thegent/records/reading";

type Source = { sourceId: string; directory: string; path: string; format: Pick<FileFormat, "kind"> };

/** How a file tells of overrides; null for one that tells nothing of them. */
export function findingSource({ sourceId, directory, path, format }: Source): FindingSource | null {
  const read = evidenceReader(format.kind);
  return (
    read && {
      sourceId,
      read,
      onDisk: format.kind === "override_registry" ? () => readEvidence(directory, path, read) : null,
    }
  );
}

type Reader = (bytes: Uint8Array) => Evidence | null;

async function readEvidence(directory: string, path: string, read: Reader): Promise<Evidence[] | null> {
  const file = await openInside(directory, path).catch(() => null);
  if (!file) return null;
  try {
    return everyLine(await file.readFile()).flatMap(({ bytes }) => read(bytes) ?? []);
  } finally {
    await file.close();
  }
}

function evidenceReader(kind: SourceFileKind): Reader | null {
  if (kind === "override_registry") return readOverride;
  return kind === "run_registry" ? readOverriddenStart : null;
}

/** FORMATS §4. Null for what thegent passes over. */
function readOverride(bytes: Uint8Array): Evidence | null {
  const read = readObject(bytes);
  if (!read.ok) return null;
  // Texts are held against each other as they are, also those that no column keeps.
  const [owner, expiresAt] = [exactOf(read.value, "owner"), instantOf(read.value.get("expires_at_utc"))];
  if (owner === null || !expiresAt) return null;
  // The key is of what a change of the end does not change.
  return {
    of: "override",
    subject: overrideKeyOf(read.value),
    owner,
    reason: exactOf(read.value, "reason") ?? "",
    at: instantOf(read.value.get("timestamp")),
    expiresAt,
  };
}

/** What thegent's policy says of a run that an override let pass begins so (FORMATS §4). */
const overridden = "Overridden";

function readOverriddenStart(bytes: Uint8Array): Evidence | null {
  // Nearly every line is another one: only what may say the word, as it is or escaped, is parsed once more.
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!raw.includes(overridden) && !raw.includes("\\u")) return null;
  const read = readObject(bytes);
  const reason = read.ok ? textOf(read.value, "policy_reason") : null;
  if (!read.ok || !reason?.startsWith(overridden) || kindOf(read.value, "start") !== "start") return null;
  return {
    of: "run",
    subject: runOf(read.value) ?? digest(raw),
    owner: exactOf(read.value, "owner"),
    reason,
    startedAt: instantOf(read.value.get("started_at_utc")),
  };
}

function runOf(value: JsonObject): string | null {
  const run = runIdOf(value);
  return run.ok ? run.runId : null;
}

const digest = (of: Uint8Array): string => createHash("sha256").update(of).digest("hex");
