import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SourceView } from "@/lib/areas/source/contract";
import { noteAmiss, noteFileProblem } from "@/lib/areas/source/store/sources";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { roles, type Role } from "@/lib/model/roles";
import { freshDatabase } from "@/lib/testing/database";
import { cockpitMay } from "@/lib/testing/grants";
import { makePerson, makeSource, t0 } from "@/lib/testing/scenarios";
import { sourceView } from "./view";

const recording = cockpitMay("source.record");

const line = `{"torn": "what-only-some-may-see", "more": "${"x".repeat(300)}-the-end"}`;
const document = '{"session_id": "the-beginning", "prompt": "the-rest-of-it"';

let sourceId: string;
beforeAll(async () => useDatabase(await freshDatabase()));
beforeEach(async () => {
  sourceId = await makeSource();
  for (const [path, kind, text] of [
    ["run_registry.jsonl", "run_registry", line],
    ["agent_x/s1.json", "session_meta", document],
  ] as const) {
    const { id } = await db().sourceFile.create({ data: { id: crypto.randomUUID(), sourceId, path, kind } });
    const bytes = Buffer.from(text);
    await db().quarantinedLine.create({
      data: {
        fileId: id,
        line: 1,
        lastLine: 1,
        count: 1,
        byteOffset: 0,
        sha256: Buffer.from(path),
        bytes,
        length: bytes.length,
        reason: "It is not JSON.",
        firstSeenAt: t0,
      },
    });
  }
});

async function seenBy(role: Role): Promise<SourceView> {
  const decision = decide(operatingModel, "source.view", await makePerson(role));
  if (!decision.allowed) throw new Error(decision.because);
  return sourceView(decision.grant, t0);
}

describe("what unusable lines hold", () => {
  it.each(roles)(
    "is seen, cut short, by a %s if that is R or A of the activity; else neither text nor trace of it is sent",
    async (role) => {
      const view = await seenBy(role);
      const byFile = Object.fromEntries(view.quarantine.map((one) => [one.file, one]));
      expect(byFile["run_registry.jsonl"]).toMatchObject({ line: 1, reason: "It is not JSON.", length: line.length });
      if (["R", "A"].includes(operatingModel.matrix.orchestration[role])) {
        expect(byFile["run_registry.jsonl"]!.excerpt).toBe(`${line.slice(0, 200)}…`);
        expect(byFile["agent_x/s1.json"]!.excerpt).toBe(`${document.slice(0, document.length / 2)}…`);
      } else {
        expect(view.quarantine.map(({ excerpt }) => excerpt)).toEqual([null, null]);
        expect(JSON.stringify(view)).not.toMatch(/what-only-some-may-see|the-beginning/);
      }
    },
  );
});

it("what cannot be looked into is told, and nobody waits for its reading", async () => {
  const { id } = await db().sourceFile.update({
    where: { sourceId_path: { sourceId, path: "agent_x/s1.json" } },
    data: { size: 1000 },
  });
  expect((await seenBy("stakeholder")).progress).toEqual({ read: 0, size: 1000, reading: true });
  await noteFileProblem(recording, id, "It is a link; the cockpit reads only files that lie in the session directory.");
  await noteAmiss(recording, sourceId, [{ path: "agent_y", problem: "It cannot be listed: permission denied." }]);
  const view = await seenBy("stakeholder");
  expect(view).toMatchObject({
    amissCount: 1,
    amiss: [{ path: "agent_y", problem: "It cannot be listed: permission denied." }],
  });
  expect(view.progress).toEqual({ read: 0, size: 0, reading: false });
});
