import { beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { freshDatabase } from "@/lib/testing/database";
import { items, minuteOf, playNight } from "@/lib/testing/night";
import { pauses, stories } from "@/lib/testing/night-stories";
import { rounds } from "@/lib/testing/rounds";
import { unlikeTheirRows } from "@/lib/testing/subjects";

type Seen = { opensAt: number; hear: string[]; time: string[]; ends: string };
let seen: Map<string, Seen>;
let woken: number;

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 15);
  woken = await playNight();
  seen = await readNight();
}, 600_000);

/** Minutes since the item opened, whole; "up" where a pause ends. */
const minute = (at: Date, opensAt: number): string =>
  pauses.some(({ until }) => minuteOf(at) === until) ? "up" : String(Math.floor(minuteOf(at)) - opensAt);

/** What the database says of every item, in the words of the stories. */
async function readNight(): Promise<Map<string, Seen>> {
  const rows = await db().escalation.findMany({
    include: { asSubject: { include: { notices: { include: { person: true, endedBy: true } } } } },
  });
  const events = await db().auditEvent.findMany({ where: { action: "escalation.escalate" }, orderBy: { seq: "asc" } });
  return new Map(
    rows.map((row) => {
      const opensAt = minuteOf(row.openedAt);
      const on = (at: Date) => minute(at, opensAt);
      const hear = row.asSubject.notices.map(
        ({ person, step, kind, role, letter, standsInFor, count, firstAt, lastAt, endedAt, endedByAction, endedBy }) =>
          [
            `${on(firstAt)} ${step} ${person.name} ${kind} ${role} ${letter}`,
            standsInFor && ` for ${standsInFor}`,
            (count > 1 || firstAt < lastAt) && ` ×${count} at ${on(lastAt)}`,
            endedAt && ` | ${on(endedAt)} ${endedByAction?.split(".")[1]} ${endedBy?.name ?? "itself"}`,
          ]
            .filter(Boolean)
            .join(""),
      );
      const time = events
        .filter(({ subjectId }) => subjectId === row.id)
        .map(({ body }) => describeEvent(JSON.parse(body) as AuditEvent, on));
      const ends = [
        row.status,
        `level ${row.level}`,
        row.breachedAt && `breached ${on(row.breachedAt)}`,
        row.signedOffAt && "signed off",
      ]
        .filter(Boolean)
        .join(", ");
      return [row.subject, { opensAt, hear: hear.sort(), time, ends }];
    }),
  );
}

function describeEvent({ at, before, after }: AuditEvent, on: (at: Date) => string): string {
  const { returned, clock, level, lateMs } = after as {
    returned?: boolean;
    clock: string;
    level: number;
    lateMs: number;
  };
  const what = returned ? "returned" : `${clock} ${(before as { level: number }).level}→${level}`;
  return `${on(new Date(at))} ${what}${lateMs > 1 ? " late" : ""}`;
}

/** Every difference: the story, what its items lack (-) or have too much (+), and which of them. */
function differences(of: "hear" | "time"): string[] {
  const found = new Map<string, number[]>();
  for (const { story, nth, subject } of items) {
    const [got, expected] = [seen.get(subject)?.[of] ?? [], story[of] ?? []];
    const lines = [
      ...minus(expected, got).map((line) => `- ${line}`),
      ...minus(got, expected).map((line) => `+ ${line}`),
    ];
    for (const line of lines.map((one) => `${story.story}: ${one}`)) found.set(line, [...(found.get(line) ?? []), nth]);
  }
  return [...found].map(([line, which]) => `${line}   (items ${which.join(", ")})`);
}

/** Lines of `a` that `b` does not have, each as often as it is missing. */
function minus(a: readonly string[], b: readonly string[]): string[] {
  const left = [...b];
  return a.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

describe(`a night of ${items.length} items through all four paths`, () => {
  it("opens every one of them, once, at its minute", () => {
    expect([...seen].map(([subject, { opensAt }]) => `${subject} at ${opensAt}`).sort()).toEqual(
      items.map(({ subject, opensAt }) => `${subject} at ${opensAt}`).sort(),
    );
    expect(new Set(items.map(({ story }) => story)).size).toBe(stories.length);
    expect(new Set(stories.map(({ path, severity }) => `${path} ${severity ?? ""}`)).size).toBe(9);
  });

  it("tells everybody exactly what they must hear, when, as what and until when", () => {
    expect(differences("hear")).toEqual([]);
  });

  it("does what each clock asks for once, at its instant, or as soon as a worker is there, and then says so", () => {
    expect(differences("time")).toEqual([]);
    expect(woken).toBeGreaterThan(rounds(40, 80));
  });

  it("leaves every item in the state, at the level and with the breach that its story ends with", () => {
    const wrong = items
      .filter(({ story, subject }) => seen.get(subject)?.ends !== story.ends)
      .map(({ story, nth, subject }) => `${story.story}, item ${nth}: ${seen.get(subject)?.ends}, not ${story.ends}`);
    expect(wrong).toEqual([]);
  });

  it("leaves every item's subject as the item is", async () => expect(await unlikeTheirRows()).toEqual([]));

  it("leaves a chain that verifies", async () => {
    expect((await verifyChain()).status).toBe("passed");
  });
});
