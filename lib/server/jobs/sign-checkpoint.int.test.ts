import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runLog } from "@/lib/cli/commands/log";
import { runVerify } from "@/lib/cli/commands/verify";
import { doneEvent } from "@/lib/kernel/act/authorise";
import { appendAuditAll } from "@/lib/kernel/chain/audit";
import { openCheckpoint } from "@/lib/kernel/chain/log/checkpoint";
import { verifyTlogProof } from "@/lib/kernel/chain/log/tlog-proof";
import { parseVerifierKey } from "@/lib/kernel/chain/log/keys";
import { isConsistent } from "@/lib/kernel/chain/log/verify-proofs";
import { db, inTransaction, pool, useDatabase } from "@/lib/kernel/db/client";
import { keptLog, readLogKey, readOrMakeLogKey, readSignedCheckpoint } from "@/lib/server/log-key";
import { freshDatabase } from "@/lib/testing/database";
import { cockpitMay } from "@/lib/testing/grants";
import { makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { signNextCheckpoint } from "./sign-checkpoint";

let data: string;
beforeEach(async () => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-log-"));
  readOrMakeLogKey(data, "https://cockpit.example.org");
  await useDatabase(await freshDatabase(), 5);
});
afterEach(() => fs.rmSync(data, { recursive: true, force: true }));

const append = (count: number, word = "event") =>
  inTransaction((tx) =>
    appendAuditAll(
      tx,
      Array.from({ length: count }, (_, n) =>
        doneEvent(cockpitMay("sample.seed"), { now: t0, requestId: "r1" }, { kind: "scene", id: "e1" }, null, {
          directory: `${word} ${n} – ünïcödé ☃`,
        }),
      ),
    ),
  );
const sign = (mayStill: () => void = () => undefined) =>
  signNextCheckpoint({ kept: keptLog(data), now: minutes(1), requestId: "r2", mayStill });
const signed = () => {
  const note = readSignedCheckpoint(data);
  return note && openCheckpoint(note, [readLogKey(data)!.verifier]);
};
const raised = async () =>
  (await db().escalation.findMany({ orderBy: { path: "asc" } })).map(({ path, reason }) => ({ path, reason }));
async function cockpitLog(...args: string[]) {
  let [out, err] = ["", ""];
  const io = { out: (text: string) => (out += text), err: (text: string) => (err += text), now: () => t0 };
  return { code: await runLog(args, io, data, (work) => work()), out, err };
}
/** What somebody with direct access does: the guards are switched off first. */
const tamper = (sql: string) =>
  pool().query(
    ["AuditEvent", "AuditHead", "AuditTileHash"]
      .flatMap((table) => [`ALTER TABLE "${table}" DISABLE TRIGGER ALL`])
      .concat(sql)
      .join("; "),
  );

describe("the minute's checkpoint", () => {
  it("is signed when there are new events, of all of them, and not again when there are none", async () => {
    await sign();
    expect(signed()).toBeNull();
    await append(300);
    await sign();
    const first = readSignedCheckpoint(data)!;
    expect(signed()!.size).toBe(300n);
    await sign();
    expect(readSignedCheckpoint(data)).toEqual(first);
    await append(1);
    await sign();
    expect(signed()!.size).toBe(301n);
    expect(await raised()).toEqual([]);
  });

  it("is kept by nobody who may write no more, nor without a key", async () => {
    await append(1);
    const refuse = () => {
      throw new Error("another writes by now");
    };
    await expect(sign(refuse)).rejects.toThrow("another writes");
    fs.rmSync(path.join(data, "log.key"));
    await sign();
    expect(readSignedCheckpoint(data)).toBeNull();
  });

  it.each([
    [
      "a tail that was cut off with its head, and grew again",
      // A backup of two events earlier, put back.
      async () => {
        const { rows } = await pool().query<{ hash: string }>(`SELECT "hash" FROM "AuditEvent" WHERE "seq" = 256`);
        const { rows: tile } = await pool().query<{ hash: string }>(
          `SELECT encode("hash", 'hex') AS "hash" FROM "AuditTileHash" WHERE "level" = 1`,
        );
        await tamper(
          `DELETE FROM "AuditEvent" WHERE "seq" > 256; UPDATE "AuditHead" SET "seq" = 256, "hash" = '${rows[0]!.hash}', "frontier" = '\\x${tile[0]!.hash}'`,
        );
        await append(10);
      },
      /rewritten|not those/,
    ],
    [
      "a tail that is gone",
      async () => {
        await tamper(
          `DELETE FROM "AuditEvent"; DELETE FROM "AuditTileHash"; UPDATE "AuditHead" SET "seq" = 0, "hash" = repeat('0', 64), "frontier" = ''`,
        );
      },
      /end was cut off/,
    ],
    [
      "a hash of the tree that is missing",
      async () => {
        await tamper(`DELETE FROM "AuditTileHash"`);
        await append(600);
      },
      /lacks hashes/,
    ],
    [
      "a checkpoint that another key signed",
      async () => {
        const own = fs.readFileSync(path.join(data, "log.key"), "utf8");
        const note = readSignedCheckpoint(data)!.toString();
        fs.rmSync(path.join(data, "log.key"));
        fs.rmSync(path.join(data, "log.checkpoint"));
        readOrMakeLogKey(data, "https://elsewhere.example.org");
        await sign();
        fs.writeFileSync(path.join(data, "log.key"), own);
        expect(readSignedCheckpoint(data)!.toString()).not.toBe(note);
        await append(1);
      },
      /not the log's/,
    ],
  ])("is not signed after %s, and Security finds out, once", async (_, harm, says) => {
    await makeSource();
    await append(258);
    await sign();
    await harm();
    const last = readSignedCheckpoint(data)!;
    await sign();
    await sign();
    expect(readSignedCheckpoint(data)).toEqual(last);
    expect(await raised()).toMatchObject(
      ["integrity", "incident"].map((one) => ({ path: one, reason: expect.stringMatching(says) as string })),
    );
  });

  it("is what `verify chain` holds the whole chain against", async () => {
    await append(258);
    await sign();
    const verify = async () => {
      let out = "";
      const code = await runVerify(
        ["chain"],
        { out: (text) => (out += text), err: () => undefined, now: () => t0 },
        data,
      );
      return { code, out };
    };
    expect((await verify()).code).toBe(0);
    await tamper(
      `DELETE FROM "AuditEvent"; DELETE FROM "AuditTileHash"; UPDATE "AuditHead" SET "seq" = 0, "hash" = repeat('0', 64), "frontier" = ''`,
    );
    await append(300, "another");
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining("rewritten") as string });
  });
});

describe("cockpit log", () => {
  it("prints what proves any event to whoever knows the key alone", async () => {
    await append(300);
    await sign();
    await append(7);
    const key = parseVerifierKey((await cockpitLog("key")).out.trimEnd());
    const checkpoint = openCheckpoint(Buffer.from((await cockpitLog("checkpoint")).out), [key]);
    expect(checkpoint.size).toBe(300n);
    for (const seq of ["1", "2", "256", "257", "300"]) {
      const [event, proof] = [await cockpitLog("event", seq), await cockpitLog("proof", seq)];
      expect([event.code, proof.code]).toEqual([0, 0]);
      expect(verifyTlogProof(Buffer.from(proof.out), event.out, [key]).index).toBe(BigInt(seq) - 1n);
      expect(() => verifyTlogProof(Buffer.from(proof.out), `${event.out} `, [key])).toThrow("not event");
    }
    await sign();
    const { out } = await cockpitLog("consistency", "300", "307");
    const path = out
      .split("\n")
      .slice(0, -1)
      .map((line) => Buffer.from(line, "base64"));
    expect(isConsistent(checkpoint, signed()!, path)).toBe(true);
  });

  it("says what it has not, and proves nothing that is not so", async () => {
    expect(await cockpitLog("checkpoint")).toMatchObject({ code: 1, out: "" });
    await append(3);
    await sign();
    await append(1);
    for (const args of [
      ["event", "0"],
      ["event", "5"],
      ["proof", "0"],
      ["proof", "4"],
      ["consistency", "3", "2"],
      ["consistency", "1", "5"],
    ])
      expect(await cockpitLog(...args), args.join(" ")).toMatchObject({ code: 1, out: "" });
    for (const args of [
      [],
      ["all"],
      ["toString"],
      ["event"],
      ["event", "01"],
      ["event", "x"],
      ["key", "1"],
      ["consistency", "1"],
    ])
      expect(await cockpitLog(...args), args.join(" ")).toMatchObject({ code: 2, out: "" });
    await tamper(`UPDATE "AuditEvent" SET "body" = replace("body", 'event 1', 'event 9') WHERE "seq" = 2`);
    expect(await cockpitLog("proof", "2")).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("not the one") as string,
    });
    fs.rmSync(path.join(data, "log.key"));
    expect(await cockpitLog("key")).toMatchObject({ code: 1, out: "" });
  });
});
