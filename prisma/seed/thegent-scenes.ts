/** Scenes that thegent makes: what it writes into its files, the cockpit reads as it always does. */
import fs from "node:fs";
import path from "node:path";
import badLines from "@/lib/thegent/files/testing/bad-line-kinds.json";
import { queueRecordLine, type NewRecord } from "@/lib/thegent/records/new-record";
import { nameOf, type Scene, type Stage } from "./scene";

const slaMinutes = 30;

type Denial = Pick<NewRecord, "runId"> & Partial<NewRecord> & { minutesLeft: number };

/** Appends, as thegent does. */
function deny({ directory, now }: Stage, denials: readonly Denial[]): void {
  const lines = denials.map(({ minutesLeft, ...given }) =>
    queueRecordLine({
      ...{
        reason: "Critical lane requires confidence >= 0.9 (current: 0.71)",
        owner: "ana:shop",
        lane: "critical",
        priority: 0,
        slaMinutes,
      },
      blockedAt: new Date(now.getTime() + (minutesLeft - slaMinutes) * 60_000),
      ...given,
    }),
  );
  fs.appendFileSync(path.join(directory, "escalation_queue.jsonl"), Buffer.concat(lines));
}

export const denials: Scene = {
  says: "Six policy denials: one past its SLA, one about to be, one urgent, and texts that are hostile, very long and in other scripts.",
  async play(stage) {
    const name = nameOf(stage);
    deny(stage, [
      { runId: `run_late_${name}`, minutesLeft: -12 },
      { runId: `run_soon_${name}`, minutesLeft: 2 },
      { runId: `run_urgent_${name}`, minutesLeft: 25, priority: 9 },
      {
        runId: `run_hostile_${name}`,
        minutesLeft: 26,
        reason: "<img src=x onerror=alert(1)> =cmd|' /C calc'!A0",
        owner: "<b>eve</b>:shop",
      },
      {
        runId: `run_long_${name}`,
        minutesLeft: 27,
        reason: "The drift budget of this owner is used up. ".repeat(11).trim(),
        owner: `team-${"payments-".repeat(8)}core:shop`,
      },
      {
        runId: `run_words_${name}`,
        minutesLeft: 28,
        reason: "Vertrauenswert zu niedrig · コスト異常 · درجة الثقة منخفضة",
        owner: "李雷:数据管道",
      },
    ]);
    return `Six denials whose runs end in ${name}; the worker reads them within seconds.`;
  },
};

const many = 1_000;

export const busyQueue: Scene = {
  says: "A thousand policy denials of one owner, due minute by minute.",
  async play(stage) {
    const name = nameOf(stage);
    deny(
      stage,
      Array.from({ length: many }, (_, index) => ({
        runId: `run_far${index}_${name}`,
        owner: "far:away",
        minutesLeft: 60 + index,
      })),
    );
    return `A thousand denials of far:away whose runs end in ${name}.`;
  },
};

export const unusableLines: Scene = {
  says: "Lines in thegent's queue file that nobody can use, one of each kind that was ever met.",
  async play({ directory }) {
    fs.appendFileSync(path.join(directory, "escalation_queue.jsonl"), badLines.map((line) => `${line}\n`).join(""));
    return "They stand on the sources page, under escalation_queue.jsonl.";
  },
};
