import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sourceView } from "@/lib/areas/source/read/view";
import { db } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { systemClock } from "@/lib/kernel/time";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { filler, linesOf } from "@/lib/testing/rounds";
import { makePerson } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";
import { smallPrefixBytes } from "@/lib/thegent/files/tail";

const file = "override_registry.jsonl";
const override = (owner: string, expires = "2026-03-02T09:00:00+00:00") =>
  `{"owner": "${owner}", "reason": "CHG-7", "timestamp": "2026-03-01T09:00:00+00:00", "expires_at_utc": "${expires}"}`;
const [a, b, c] = ["ana", "bo", "cleo"].map((owner) => override(owner)) as [string, string, string];
const lines = (...some: string[]) => some.map((line) => `${line}\n`).join("");

let session: Session;
beforeEach(async () => {
  session = await openSession();
});
afterEach(() => session.close());

const present = async () =>
  (await session.records(file)).map(({ line, byteOffset, text }) => ({ line, byteOffset, text }));
const texts = async () => (await session.records(file)).map(({ text }) => text);
const ids = async () =>
  new Map((await session.records(file)).map(({ id, text, occurrence }) => [`${text}#${occurrence}`, id]));

/** What must hold of any file that was read to its last line ending. */
async function expectRecordedAsItStands(): Promise<void> {
  const content = fs.readFileSync(session.at(file));
  const expected: { line: number; byteOffset: number; text: string }[] = [];
  let at = 0;
  content
    .toString()
    .split("\n")
    .slice(0, -1)
    .forEach((text, n) => {
      if (text) expected.push({ line: n + 1, byteOffset: at, text });
      at += Buffer.byteLength(text) + 1;
    });
  expect(await present()).toEqual(expected);
  expect(await session.file(file)).toMatchObject({
    offset: BigInt(at),
    lines: content.toString().split("\n").length - 1,
    problem: null,
    goneAt: null,
  });
}

describe("the shipped sample", () => {
  it("is recorded line for line, and read a second time changes nothing", async () => {
    fs.cpSync("samples/session", session.directory, { recursive: true });
    await session.readOnce();
    const files = await db().sourceFile.findMany({
      where: { sourceId: session.sourceId },
      include: { records: { orderBy: { line: "asc" } }, quarantine: true },
    });
    for (const { path: name, records, quarantine, kind } of files) {
      const content = fs.readFileSync(session.at(name));
      const recorded = Buffer.concat(
        records.map(({ bytes }) =>
          kind === "session_meta" || kind === "env_transition_state"
            ? bytes
            : Buffer.concat([bytes, Buffer.from("\n")]),
        ),
      );
      expect([name, quarantine, recorded.equals(content)]).toEqual([name, [], true]);
    }
    const metas = fs
      .readdirSync(session.directory, { recursive: true, encoding: "utf8" })
      .filter((name) => name.includes("/") && name.endsWith(".json"));
    expect(
      files
        .filter(({ kind }) => kind === "session_meta")
        .map((row) => row.path)
        .sort(),
    ).toEqual(metas.sort());

    const rows = async () => [
      await db().sourceRecord.findMany({ orderBy: { id: "asc" } }),
      await db().escalation.findMany({ orderBy: { id: "asc" } }),
      await db().auditEvent.count(),
    ];
    const before = await rows();
    await session.readOnce();
    expect(await rows()).toEqual(before);
  });
});

describe("a run registry", () => {
  const registry = "run_registry.jsonl";
  const start = (run: string) =>
    `{"run_id": "${run}", "started_at_utc": "2026-03-01T09:00:00+00:00", "host": "h", "pid": 1}`;
  const view = async () => {
    const right = decide(operatingModel, "source.view", await makePerson("stakeholder"));
    return right.allowed
      ? (await sourceView(right.grant, systemClock())).files.find(({ path }) => path === registry)
      : undefined;
  };
  const told = () =>
    db().escalation.findMany({
      where: { path: "integrity" },
      select: { subject: true, reason: true, severity: true, status: true },
    });

  it("that grows says nothing; that shrank is said at once, to Security and on the sources page, and what it held is kept", async () => {
    useSource(session.directory);
    session.write(registry, lines(start("run_1"), start("run_2"), start("run_3")));
    await session.readOnce();
    session.append(registry, lines(start("run_4")));
    await session.readOnce();
    expect([await told(), (await view())?.lost, (await view())?.dialects]).toEqual([[], 0, { reference: 4, later: 0 }]);
    // As a later thegent does after feedback without a hash.
    session.replace(registry, lines('{"run_id": "__header__", "prev_hash": "0", "hash": "1"}'));
    await session.readOnce();
    expect(await told()).toEqual([
      {
        subject: registry,
        severity: "P1",
        status: "open",
        reason: expect.stringMatching(/^run_registry\.jsonl shrank from 4 records to 1: /) as string,
      },
    ]);
    expect(await view()).toMatchObject({ lost: 3, dialects: { reference: 0, later: 1 }, records: 1 });
    expect(await session.records(registry, true)).toHaveLength(4);
    session.replace(registry, "");
    await session.readOnce();
    expect(await told()).toHaveLength(1);
  });
});

describe("a file of lines", () => {
  it("is read on after an append", async () => {
    session.write(file, lines(a));
    await session.readOnce();
    session.append(file, lines(b, c));
    await session.readOnce();
    await expectRecordedAsItStands();
    expect((await session.file(file))!.generation).toBe(0);
  });

  it("is followed while the worker runs, with and without the system's notices", async () => {
    session.write(file, lines(a));
    for (const [notices, line] of [
      [true, b],
      [false, c],
    ] as const) {
      const ingest = session.follow(notices);
      await ingest.settled();
      session.append(file, lines(line));
      await expect.poll(texts, { timeout: 10_000 }).toContain(line);
      await ingest.stop();
    }
    await expectRecordedAsItStands();
  });

  it("has its half-written last line recorded once it is whole", async () => {
    session.write(file, lines(a) + b.slice(0, 40));
    const ingest = session.follow();
    await ingest.settled();
    expect(await texts()).toEqual([a]);
    session.append(file, `${b.slice(40)}\n`);
    await ingest.settled();
    await expectRecordedAsItStands();
    expect(await session.quarantined(file)).toEqual([]);
  });

  it("has a whole last line without its newline recorded once it stood still, as thegent reads it, and once only when its newline comes", async () => {
    session.write(file, lines(a) + b);
    await session.readOnce();
    expect(await texts()).toEqual([a, b]);
    const before = await ids();
    session.append(file, "\n");
    await session.readOnce();
    expect(await ids()).toEqual(before);
    await expectRecordedAsItStands();
    session.append(file, lines(c));
    await session.readOnce();
    await expectRecordedAsItStands();
    expect(await ids()).toEqual(new Map([...before, ...[...(await ids())].slice(2)]));
  });

  it("never has half a line recorded, however long it stands", async () => {
    session.write(file, lines(a) + b.slice(0, -1));
    await session.readOnce();
    await new Promise((resolve) => setTimeout(resolve, 600));
    await session.readOnce();
    expect(await texts()).toEqual([a]);
    session.append(file, "}");
    await session.readOnce();
    expect(await texts()).toEqual([a, b]);
  });

  it("is followed through every state of a last line: one record a line, and none of what it was before", async () => {
    const ingest = session.follow();
    session.write(file, "");
    for (const [piece, expected] of [
      [a, [a]],
      ["\n", [a]],
      [b.slice(0, 20), [a]],
      [b.slice(20), [a, b]],
      ["\r", [a, b]],
      ["\n", [a, b]],
      [c, [a, b, c]],
      // Somebody's writer took no notice: thegent reads neither of the two any more.
      [a, [a, b]],
      ["\n", [a, b]],
      [`${c}\n`, [a, b, c]],
    ] as const) {
      session.append(file, piece);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await ingest.settled();
      expect(await texts(), JSON.stringify(piece)).toEqual(expected);
    }
    expect(await session.quarantined(file)).toMatchObject([{ line: 3 }]);
    const [row] = await db().sourceFile.findMany({ where: { sourceId: session.sourceId } });
    expect(Number(row!.offset)).toBe(fs.statSync(session.at(file)).size);
  });

  it("keeps the lines that a truncation leaves, and knows which are gone", async () => {
    session.write(file, lines(a, b, c));
    await session.readOnce();
    const before = await ids();
    session.write(file, lines(a));
    await session.readOnce();
    await expectRecordedAsItStands();
    expect((await session.records(file, true)).map(({ text }) => text)).toEqual([b, c]);
    expect(await ids()).toEqual(new Map([[`${a}#0`, before.get(`${a}#0`)]]));
  });

  it("may be emptied, and may get its lines back, which are the rows they were", async () => {
    session.write(file, lines(a, b));
    await session.readOnce();
    const before = await ids();
    session.write(file, "");
    await session.readOnce();
    await expectRecordedAsItStands();
    session.write(file, lines(b, a));
    await session.readOnce();
    await expectRecordedAsItStands();
    expect(await ids()).toEqual(before);
    expect(await session.records(file, true)).toEqual([]);
  });

  it.each([
    ["longer", lines(override("anastasia"), b, c, override("dan"))],
    ["shorter", lines(override("al"), b)],
    ["of the same length", lines(a, override("bo", "2026-03-01T09:00:01+00:00"), c)],
    ["in another order", lines(c, a, b)],
  ])("may be rewritten in place, %s", async (_, content) => {
    session.write(file, lines(a, b, c));
    const ingest = session.follow();
    await ingest.settled();
    const before = await ids();
    fs.writeFileSync(session.at(file), content, { flag: "r+" });
    fs.truncateSync(session.at(file), Buffer.byteLength(content));
    await ingest.settled();
    await expectRecordedAsItStands();
    for (const [key, id] of await ids()) if (before.has(key)) expect(id).toBe(before.get(key));
    expect(await db().sourceRecord.count()).toBe(new Set([...before.keys(), ...(await ids()).keys()]).size);
  });

  it("may be changed in place, byte for byte, in the middle of more than is always compared", async () => {
    const total = linesOf(40_000);
    const owner = (n: number) => `owner-${n}-${filler(150)}`;
    const many = Array.from({ length: total }, (_, n) => override(owner(n)));
    session.write(file, lines(...many));
    expect(fs.statSync(session.at(file)).size).toBeGreaterThan(smallPrefixBytes);
    const ingest = session.follow();
    await ingest.settled();
    const at = Buffer.byteLength(lines(...many.slice(0, total / 2)));
    const changed = override(owner(total / 2), "2026-03-01T09:00:01+00:00");
    const handle = fs.openSync(session.at(file), "r+");
    fs.writeSync(handle, changed, at);
    fs.closeSync(handle);
    await ingest.settled();
    const rows = await db().sourceRecord.findMany({ where: { line: total / 2 + 1, goneAt: null } });
    expect(rows.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([changed]);
    expect(await db().sourceRecord.count()).toBe(total + 1);
  });

  it("may be replaced by another file of its name", async () => {
    session.write(file, lines(a, b));
    await session.readOnce();
    const before = await ids();
    session.replace(file, lines(a, c, b));
    await session.readOnce();
    await expectRecordedAsItStands();
    expect((await ids()).get(`${b}#0`)).toBe(before.get(`${b}#0`));
  });

  it("that is not there any more is said to be gone; its lines stay, and go on when it is back", async () => {
    session.write(file, lines(a));
    const ingest = session.follow();
    await ingest.settled();
    fs.renameSync(session.at(file), session.at("aside"));
    await ingest.settled();
    expect((await session.file(file))!.goneAt).not.toBeNull();
    expect(await texts()).toEqual([a]);
    fs.renameSync(session.at("aside"), session.at(file));
    session.append(file, lines(b));
    await ingest.settled();
    await expectRecordedAsItStands();
  });

  it("may hold equal lines: each is a record of its own", async () => {
    session.write(file, lines(a, a, b));
    await session.readOnce();
    session.append(file, lines(a));
    await session.readOnce();
    await expectRecordedAsItStands();
    session.write(file, lines(a, b, a));
    await session.readOnce();
    await expectRecordedAsItStands();
    expect((await session.records(file, true)).map(({ text, occurrence }) => [text, occurrence])).toEqual([[a, 2]]);
  });

  it("may end its lines with CRLF and hold blank ones", async () => {
    session.write(file, `${a}\r\n\r\n  \n${b}\r\n`);
    await session.readOnce();
    session.append(file, `${c}\r\n`);
    await session.readOnce();
    expect(await present()).toEqual([
      { line: 1, byteOffset: 0, text: a },
      { line: 4, byteOffset: a.length + 7, text: b },
      { line: 5, byteOffset: a.length + b.length + 9, text: c },
    ]);
    expect(await session.quarantined(file)).toEqual([]);
  });

  it("has unusable lines put aside with their place and reason, and the rest recorded", async () => {
    const tooLong = `{"owner": "${"x".repeat(9 * 1024 * 1024)}"}`;
    const bad: [string | Buffer, RegExp][] = [
      ["\ufeff" + a, /JSON/],
      ["{torn", /JSON/],
      ["[1]", /not an object/],
      [Buffer.concat([Buffer.from('{"owner": "'), Buffer.from([0xff]), Buffer.from('"}')]), /UTF-8/],
      [tooLong, new RegExp(`${tooLong.length} bytes`)],
      ["{torn", /JSON/],
    ];
    session.write(
      file,
      Buffer.concat([
        ...bad.map(([line]) => Buffer.concat([Buffer.from(line), Buffer.from("\n")])),
        Buffer.from(lines(a)),
      ]),
    );
    await session.readOnce();
    const aside = await session.quarantined(file);
    expect(aside.map(({ line, lastLine, count }) => [line, lastLine, count])).toEqual([
      [1, 1, 1],
      [2, 6, 2],
      [3, 3, 1],
      [4, 4, 1],
      [5, 5, 1],
    ]);
    aside.forEach(({ reason, length, bytes }, n) => {
      const line = Buffer.from(bad[n]![0]);
      expect(reason).toMatch(bad[n]![1]);
      expect(length).toBe(line.length);
      expect(Buffer.from(bytes).equals(line.subarray(0, 64 * 1024))).toBe(true);
    });
    expect((await session.records(file)).map(({ line, text }) => [line, text])).toEqual([[7, a]]);

    session.replace(file, lines(a, "{torn"));
    await session.readOnce();
    expect(await session.quarantined(file)).toMatchObject([{ line: 2, lastLine: 2, count: 1 }]);
    await expect(db().quarantinedLine.count()).resolves.toBe(5);
    session.append(file, lines("{torn", "{torn"));
    await session.readOnce();
    expect(await session.quarantined(file)).toMatchObject([{ line: 2, lastLine: 4, count: 3 }]);
  });

  it("keeps keys it does not know and what PostgreSQL cannot search", async () => {
    const odd = `{"owner": "a\\u0000b", "reason": "\\ud800", "timestamp": "never", "expires_at_utc": "2026-03-02T09:00:00+00:00", "future": {"n": 1.0, "big": 1e400}}`;
    session.write(file, lines(odd));
    await session.readOnce();
    await expectRecordedAsItStands();
    expect(await session.quarantined(file)).toEqual([]);
  });
});

describe("a document", () => {
  const state = "env_transition_state.json";

  it("has one record a version; the older ones are gone", async () => {
    const ingest = session.follow();
    for (const environment of ["staging", "production", "staging"]) {
      const content = `{\n  "last_environment": "${environment}",\n  "updated_at": "2026-03-01T09:00:00+00:00"\n}`;
      session.write(state, content);
      await ingest.settled();
      expect((await session.records(state)).map(({ text }) => text)).toEqual([content]);
    }
    expect(await db().sourceRecord.count()).toBe(2);
  });

  it("that cannot be used is put aside, until it can", async () => {
    session.write(state, `{"last_environment": `);
    const ingest = session.follow();
    await ingest.settled();
    expect(await session.quarantined(state)).toHaveLength(1);
    session.write(state, `{"last_environment": "staging"}`);
    await ingest.settled();
    expect(await session.quarantined(state)).toEqual([]);
    expect(await session.records(state)).toHaveLength(1);
  });
});

describe("trouble", () => {
  const lastReadAt = async () => (await db().source.findUniqueOrThrow({ where: { id: session.sourceId } })).lastReadAt;

  it("with one file is told with that file and does not stop the others", async () => {
    fs.mkdirSync(session.at("run_registry.jsonl"));
    session.write(file, lines(a));
    const ingest = session.follow();
    await ingest.settled();
    expect((await session.file("run_registry.jsonl"))!.problem).toBe(
      "It is a directory; the cockpit reads only ordinary files.",
    );
    await expectRecordedAsItStands();
    expect(await lastReadAt()).toEqual(expect.any(Date));
    fs.rmdirSync(session.at("run_registry.jsonl"));
    session.write("run_registry.jsonl", "");
    await expect.poll(async () => (await session.file("run_registry.jsonl"))!.problem, { timeout: 10_000 }).toBeNull();
  });

  it("with the queue itself keeps the source from counting as read", async () => {
    fs.mkdirSync(session.at("escalation_queue.jsonl"));
    const ingest = session.follow();
    await ingest.settled();
    expect((await session.file("escalation_queue.jsonl"))!.problem).toBe(
      "It is a directory; the cockpit reads only ordinary files.",
    );
    expect(await lastReadAt()).toBeNull();
    fs.rmdirSync(session.at("escalation_queue.jsonl"));
    await expect.poll(lastReadAt, { timeout: 10_000 }).not.toBeNull();
  });

  it("with the directory is told with the source, until it can be read again", async () => {
    const aside = path.join(session.directory, "..", `${path.basename(session.directory)}-aside`);
    session.write(file, lines(a));
    const source = () => db().source.findUniqueOrThrow({ where: { id: session.sourceId } });
    const ingest = session.follow();
    await ingest.settled();
    expect(await source()).toMatchObject({ problem: null, lastReadAt: expect.any(Date) });
    fs.renameSync(session.directory, aside);
    await expect
      .poll(async () => (await source()).problem, { timeout: 10_000 })
      .toBe(`The directory ${session.directory} is not there.`);
    fs.renameSync(aside, session.directory);
    await expect.poll(async () => (await source()).problem, { timeout: 10_000 }).toBeNull();
    expect((await session.file(file))!.goneAt).toBeNull();
  });
});
