/**
 * The order in which things may happen between a decision here and thegent's file, played on a small model of both: the real rule of what
 * is asked for and the real rewrite of the file, with the database, the disk and whoever is killed in between reduced to a few fields.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { decidedKeys, reconcileRun, type ActiveItem, type Decision } from "@/lib/areas/escalation/domain/reconcile";
import { isWaiting } from "@/lib/areas/escalation/domain/waiting-set";
import { readRecordedLine } from "@/lib/areas/source/ingest/queue-reader";
import { patience, rounds } from "@/lib/testing/rounds";
import { resolveLines } from "@/lib/thegent/records/queue-lines";

const start = Date.parse("2026-03-01T09:00:00Z");
const runId = "run_1";
const instant = (ms: number) => new Date(start + ms).toISOString().replace("Z", "000+00:00");
const lineOf = (nth: number) =>
  `{"run_id": "${runId}", "reason": "Denial ${nth}", "owner": null, "agent": null, "lane": "standard", "priority": 0, "blocked_at_utc": "${instant(nth * 1000)}", "escalate_by_utc": "${instant(nth * 1000 + 1_800_000)}", "sla_minutes": 30, "status": "pending"}\n`;
const recordsIn = (content: string) =>
  content
    .split("\n")
    .filter(Boolean)
    .flatMap((line) => readRecordedLine(Buffer.from(line), new Date(start)) ?? []);
const pendingIn = (content: string) =>
  recordsIn(content)
    .filter(isWaiting)
    .map(({ identityKey }) => identityKey);

type Effect = {
  id: string;
  itemId: string;
  at: Date;
  status: "pending" | "applied";
  wasWritten: boolean;
  decided: string[];
  closed: string[];
};
type Bytes = { inode: number; content: string };

/** Everything there is: the disk, what is committed, and what a kill forgets. */
class World {
  tick = 0;
  disk: Bytes = { inode: 0, content: "" };
  recorded = "";
  active: ActiveItem | null = null;
  previousId: string | null = null;
  effects: Effect[] = [];
  reading: Bytes | null = null;
  unmarked: { effect: Effect; keys: string[] } | null = null;
  /** What thegent, or somebody with a backup, read and may yet write back. */
  theirs = "";
  /** Records that people decided on, or that were closed by what they decided. */
  readonly settled = new Set<string>();

  add() {
    this.disk.content += lineOf((this.tick += 1));
  }
  read() {
    this.reading = { ...this.disk };
  }
  sync() {
    if (!this.reading) return;
    const { reading } = this;
    this.reading = null;
    const records = recordsIn(reading.content);
    const decisions = this.effects.map(({ id, decided, closed, ...effect }): Decision => ({
      ...effect,
      effectId: id,
      keys: decidedKeys(decided, closed),
    }));
    const steps = reconcileRun({
      active: this.active,
      previousId: this.previousId,
      decisions,
      records,
      now: new Date(start),
    });
    const isCurrent = reading.inode === this.disk.inode && this.disk.content.length >= reading.content.length;
    if (steps.some((step) => step.do === "reapply" || step.do === "lose") && !isCurrent) return;
    this.recorded = reading.content;
    for (const step of steps) {
      if (step.do === "open")
        this.open(
          pendingIn(reading.content).filter((key) => !decisions.some(({ keys }) => keys.includes(key))),
          step.facts,
        );
      if (step.do === "update") this.active = { ...this.active!, lost: false, facts: step.facts };
      if (step.do === "lose") this.active = { ...this.active!, lost: true };
      if (step.do === "close") [this.previousId, this.active] = [this.active!.id, null];
      if (step.do === "reapply") this.effects.find(({ id }) => id === step.effectId)!.status = "pending";
    }
  }
  private open(keys: string[], facts: ActiveItem["facts"]) {
    expect(
      keys.filter((key) => this.settled.has(key)),
      "asked for twice",
    ).toEqual([]);
    this.active = { id: `item ${(this.tick += 1)}`, version: 1, facts };
  }
  decide() {
    if (!this.active) return;
    const id = (this.tick += 1);
    const decided = pendingIn(this.recorded);
    for (const key of decided) this.settled.add(key);
    this.effects.push({
      id: `effect ${id}`,
      itemId: this.active.id,
      at: new Date(start + id),
      status: "pending",
      wasWritten: false,
      decided,
      closed: [],
    });
    [this.previousId, this.active] = [this.active.id, null];
  }
  write() {
    const effect = this.effects.find(({ status }) => status === "pending");
    if (!effect || this.unmarked) return;
    const only = effect.wasWritten ? { only: new Set(decidedKeys(effect.decided, effect.closed)) } : {};
    const { content, closed } = resolveLines(Buffer.from(this.disk.content), [
      { runId, word: "resolved", at: effect.at, ...only },
    ]);
    if (content) this.disk = { inode: (this.tick += 1), content: content.toString() };
    for (const key of closed.get(runId)!) this.settled.add(key);
    this.unmarked = { effect, keys: closed.get(runId)! };
  }
  mark() {
    if (!this.unmarked) return;
    const { effect, keys } = this.unmarked;
    Object.assign(effect, { status: "applied", wasWritten: true, closed: decidedKeys(effect.closed, keys) });
    this.unmarked = null;
  }
  crash() {
    [this.reading, this.unmarked] = [null, null];
  }
  copy() {
    this.theirs = this.disk.content;
  }
  /** thegent's own rewrite in place, or a restored backup: what was decided, and what was added meanwhile, may be undone, and come back. */
  putBack() {
    [this.disk.content, this.theirs] = [this.theirs, this.disk.content];
  }
}

const acts = ["add", "read", "sync", "decide", "write", "mark", "crash", "copy", "putBack"] as const;
type Act = (typeof acts)[number];
/** Any act at any time; and what mostly happens together, so that long stories come about too. */
const story = fc
  .array(
    fc.oneof(
      fc.constantFrom(...acts).map((act): Act[] => [act]),
      fc.constantFrom<Act[]>(["read", "sync"], ["write", "mark"], ["write", "crash"], ["putBack", "read", "sync"]),
    ),
    { minLength: 1, maxLength: 30, size: "max" },
  )
  .map((parts) => parts.flat());

it(
  "a record that was decided on is never asked for again, in whatever order it is decided, written, marked, read, undone and killed; and nothing that waits is forgotten",
  { timeout: patience(60_000, 500, 30_000) },
  () => {
    fc.assert(
      fc.property(story, (script) => {
        const world = new World();
        for (const act of ["add", "read", "sync", ...script] as const) world[act]();
        for (const act of Array.from({ length: 12 }, () => ["write", "mark", "read", "sync"] as const).flat())
          world[act]();
        // At rest: no decided record waits in the file, and whatever waits there is asked for.
        const waiting = pendingIn(world.disk.content);
        expect(waiting.filter((key) => world.settled.has(key))).toEqual([]);
        expect(world.effects.filter(({ status }) => status !== "applied")).toEqual([]);
        expect(world.active?.lost ? 0 : (world.active?.facts.recordCount ?? 0)).toBe(waiting.length);
      }),
      { numRuns: rounds(500, 30_000) },
    );
  },
);
