/** Plays the stories of a night: every act at its minute, by its own door, and the jobs whenever something is due, unless no worker runs. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { v7 as uuidv7 } from "uuid";
import { leaveDuty, takeDuty } from "@/lib/areas/duty/acts/duty";
import { adviseEscalation } from "@/lib/areas/escalation/acts/advise";
import { assignEscalation } from "@/lib/areas/escalation/acts/assign";
import { cancelEscalation } from "@/lib/areas/escalation/acts/cancel";
import type { Outcome, Target } from "@/lib/kernel/subject/change-subjects";
import { claimEscalation } from "@/lib/areas/escalation/acts/claim";
import { commentEscalation } from "@/lib/areas/escalation/acts/comment";
import { openEscalation } from "@/lib/areas/escalation/acts/open";
import { openByTrigger } from "@/lib/areas/escalation/acts/open-by-trigger";
import { passTime } from "@/lib/areas/escalation/acts/pass-time";
import { reportFinding } from "@/lib/areas/escalation/acts/report";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import { signOffBreach } from "@/lib/areas/escalation/acts/sign-off";
import { ingestFile, type FileJob } from "@/lib/areas/source/ingest/file";
import type { Context } from "@/lib/kernel/act/context";
import { db } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { findFormat } from "@/lib/thegent/records/formats";
import { duties, nightEnds, pauses, stories, team, type Act, type Story, type Who } from "./night-stories";
import { rounds } from "./rounds";
import { as, makePerson, makeSource } from "./scenarios";

const night = new Date("2026-03-28T22:00:00.000Z");
export const minuteOf = (at: Date): number => (at.getTime() - night.getTime()) / 60_000;
const instant = (minute: number): Date => new Date(night.getTime() + minute * 60_000);

export type NightItem = {
  story: Story;
  /** Which of its story's items, from 1. */ nth: number;
  subject: string;
  opensAt: number;
};

const itemCount = rounds(250, 500);
/** Items of one story that open, and are acted on, together. */
const together = 4;

/** The stories in turn; those of one story open in groups, a minute apart. */
export const items: readonly NightItem[] = Array.from({ length: itemCount }, (_, n): NightItem => {
  const story = stories[n % stories.length]!;
  const nth = Math.floor(n / stories.length);
  return { story, nth: nth + 1, subject: `${story.path} ${n}`, opensAt: story.from + Math.floor(nth / together) };
});

type Step = { minute: number; do: () => Promise<void> };

/** Plays the whole night in a source of its own; answers how often the jobs were woken. */
export async function playNight(): Promise<number> {
  const directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "night-")));
  try {
    const sourceId = await makeSource(directory);
    const people = await hire();
    const queue = queueFile(sourceId, directory);
    const jobs = jobsOf(sourceId);
    const steps = [...dutySteps(people), ...groups().flatMap((group) => stepsOf(group, { sourceId, people, queue }))];
    for (const step of steps.sort((a, b) => a.minute - b.minute)) {
      await jobs.until(step.minute);
      await step.do();
    }
    await jobs.until(nightEnds);
    return jobs.woken();
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

type People = Record<Who, PersonActor>;

async function hire(): Promise<People> {
  const hired = await Promise.all(
    Object.entries(team).map(async ([name, roles]) => {
      const person = await makePerson(...roles);
      await db().person.update({ where: { id: person.id }, data: { name } });
      return [name, { ...person, name }] as const;
    }),
  );
  return Object.fromEntries(hired) as People;
}

const dutySteps = (people: People): Step[] =>
  duties.map(([minute, who, does, role]) => ({
    minute,
    do: async () =>
      void (await (does === "takes"
        ? takeDuty(as(people[who], instant(minute)), { role, from: null })
        : leaveDuty(as(people[who], instant(minute)), { role }))),
  }));

/** Whenever something is due, two workers look at the same moment; while none runs, what is due waits for the first that does. */
function jobsOf(sourceId: string) {
  let woken = 0;
  const nextDue = async (): Promise<number> => {
    const {
      _min: { nextAt },
    } = await db().escalation.aggregate({ _min: { nextAt: true } });
    const due = nextAt ? minuteOf(nextAt) : Infinity;
    return pauses.find(({ from, until }) => due >= from && due < until)?.until ?? due;
  };
  return {
    woken: () => woken,
    async until(minute: number): Promise<void> {
      for (let due = await nextDue(); due <= minute; due = await nextDue()) {
        const input = { sourceId, now: () => instant(due), requestId: uuidv7() };
        await Promise.all([passTime(input), passTime(input)]);
        woken += 1;
      }
    },
  };
}

type Group = { story: Story; opensAt: number; subjects: string[] };

function groups(): Group[] {
  const byStart = new Map<string, Group>();
  for (const { story, opensAt, subject } of items) {
    const key = `${opensAt} ${story.story}`;
    const group = byStart.get(key) ?? { story, opensAt, subjects: [] };
    group.subjects.push(subject);
    byStart.set(key, group);
  }
  return [...byStart.values()];
}

type Scene = { sourceId: string; people: People; queue: ReturnType<typeof queueFile> };

function stepsOf(group: Group, scene: Scene): Step[] {
  const { story, opensAt } = group;
  const acts = (story.acts ?? []).map((act): Step => ({
    minute: opensAt + act[0],
    do: () => perform(act, group.subjects, instant(opensAt + act[0]), scene),
  }));
  return [{ minute: opensAt, do: () => open(group, scene) }, ...acts];
}

async function open({ story, opensAt, subjects }: Group, { sourceId, people, queue }: Scene): Promise<void> {
  const { path, opens, severity = null } = story;
  const now = instant(opensAt);
  if (opens === "thegent") return queue.deny(subjects, story.story, now);
  for (const [n, subject] of subjects.entries()) {
    const facts = { subject, reason: story.story, owner: `team-${n}:shop`, lane: n % 2 ? "standard" : "critical" };
    if (opens === "cockpit") {
      if (path === "policy_denial") throw new Error("The cockpit opens no policy denials by itself.");
      await openByTrigger({ sourceId, path, subject, reason: story.story, severity, now, requestId: uuidv7() });
    } else
      await openEscalation(
        as(people[opens], now),
        path === "policy_denial" ? { path, ...facts, slaMinutes: 30 } : { path, ...facts, severity },
      );
  }
}

async function perform(act: Act, subjects: readonly string[], now: Date, { people, queue }: Scene): Promise<void> {
  if (act[1] === "thegent") return queue.resolve(subjects, now);
  const targets = await db().escalation.findMany({
    where: { subject: { in: [...subjects] } },
    select: { id: true, version: true },
  });
  const ctx = as(people[act[1]], now);
  if (act.length === 4) return throwFirst(await assignEscalation.many(ctx, targets, { toId: people[act[3]].id }));
  const together = {
    claims: (ctx: Context, targets: readonly Target[]) => claimEscalation.many(ctx, targets, {}),
    resolves: resolve(null),
    "resolves late": resolve("The night was short of people."),
  };
  if (act[2] in together) return throwFirst(await together[act[2] as keyof typeof together](ctx, targets));
  for (const target of targets) await one[act[2] as keyof typeof one](ctx, target);
}

const resolve = (lateCause: string | null) => (ctx: Context, targets: readonly Target[]) =>
  resolveEscalation.many(ctx, targets, { outcome: "unblocked", note: "Its cause is gone.", lateCause });

const one = {
  says: (ctx: Context, target: Target) => commentEscalation(ctx, { ...target, text: "Still at it." }),
  advises: (ctx: Context, target: Target) => adviseEscalation(ctx, { ...target, text: "Not without a reason." }),
  finds: (ctx: Context, target: Target) =>
    reportFinding(ctx, { ...target, finding: "A field was renamed.", adapterChange: false }),
  "finds an adapter change": (ctx: Context, target: Target) =>
    reportFinding(ctx, { ...target, finding: "A field was split in two.", adapterChange: true }),
  cancels: (ctx: Context, target: Target) =>
    cancelEscalation(ctx, { ...target, note: "Blocked by mistake.", lateCause: null }),
  "signs off": (ctx: Context, target: Target) => signOffBreach(ctx, { ...target, note: "Seen." }),
};

function throwFirst(outcomes: readonly Outcome[]): void {
  for (const { error } of outcomes) if (error) throw error;
}

/** thegent's queue file, and the reading of it. */
function queueFile(sourceId: string, directory: string) {
  const name = "escalation_queue.jsonl";
  const file = path.join(directory, name);
  const lines = new Map<string, Record<string, unknown>>();
  const memory = {};
  const written = (at: Date, minutes = 0): string =>
    new Date(at.getTime() + minutes * 60_000).toISOString().replace("Z", "000+00:00");
  const textOf = (runIds: Iterable<string>): string =>
    [...runIds].map((runId) => `${JSON.stringify(lines.get(runId))}\n`).join("");
  const read = async (now: Date): Promise<void> => {
    const job: FileJob = {
      sourceId,
      directory,
      path: name,
      format: findFormat(name)!,
      clock: () => now,
      between: async () => {},
    };
    if ((await ingestFile(job, memory)) === "waiting") throw new Error("The queue file was not read.");
  };
  return {
    async deny(runIds: readonly string[], reason: string, now: Date): Promise<void> {
      for (const runId of runIds) {
        lines.set(runId, {
          run_id: runId,
          reason,
          owner: "ana:shop",
          lane: "standard",
          priority: 2,
          blocked_at_utc: written(now),
          escalate_by_utc: written(now, 30),
          sla_minutes: 30,
          status: "pending",
        });
      }
      fs.appendFileSync(file, textOf(runIds));
      await read(now);
    },
    /** As thegent does: another file takes the name. */
    async resolve(runIds: readonly string[], now: Date): Promise<void> {
      for (const runId of runIds)
        lines.set(runId, { ...lines.get(runId), status: "resolved", resolved_at_utc: written(now) });
      fs.writeFileSync(`${file}.tmp`, textOf(lines.keys()));
      fs.renameSync(`${file}.tmp`, file);
      await read(now);
    },
  };
}
