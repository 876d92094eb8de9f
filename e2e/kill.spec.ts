import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { APIRequestContext } from "@playwright/test";
import { actOnItem } from "./support/actions";
import { verifyChain } from "./support/chain";
import { startCockpit, type Cockpit } from "./support/cockpit";
import { childrenOf } from "./support/processes";
import { deny, recordsOf } from "./support/queue-file";
import { patience, rounds } from "@/lib/testing/rounds";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

test.skip(process.platform !== "linux", "The processes are found in /proc.");

const inTurn = ["web", "worker", "postgres", "supervisor", "worker", "web"] as const;
type Victim = (typeof inTurn)[number];
const kills = rounds(inTurn.length, 300);
const victims = Array.from({ length: kills }, (_, n): Victim => inTurn[n % inTurn.length]!);

const scripts = { web: "lib/server/web.mjs", worker: "lib/server/worker-process.ts" };

test("kill -9 of any process, at any time, loses, doubles and asks twice for no resolution that was acknowledged", async () => {
  test.setTimeout(patience(300_000, inTurn.length, 300));
  let cockpit = await startCockpit();
  try {
    const port = Number(new URL(cockpit.url).port);
    const operator = await signIn(
      cockpit.url,
      cockpit.accounts.find(({ role }) => role === "Operator")!,
    );
    const acknowledged: string[] = [];
    const resolving = new Resolving(
      operator,
      () => cockpit,
      (runId) => acknowledged.push(runId),
    );

    for (const [round, victim] of victims.entries()) {
      resolving.more(6);
      // Somewhere in the middle of the work, each round a little later.
      await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(round * 6 + (round % 5));
      cockpit = await kill(victim, cockpit, port);
    }
    await resolving.end();

    expect(acknowledged.length).toBe(victims.length * 6);
    for (const runId of acknowledged) {
      await expect
        .poll(() => recordsOf(cockpit.sessionDir, runId).map(({ status }) => status), {
          message: `${runId} reaches the file`,
          timeout: 60_000,
        })
        .toEqual(["resolved"]);
    }
    // A second item of a run would have asked for the same decision again.
    expect(await resolving.list("active")).toEqual([]);
    expect((await resolving.list("closed")).map(({ runId }) => runId).sort()).toEqual([...acknowledged].sort());
    expect(verifyChain(cockpit.dataDir)).toMatchObject({ code: 0 });
    await operator.dispose();
  } finally {
    await cockpit.remove();
  }
});

type Row = { id: string; version: number; runId: string; outcome: string | null };

/** Kills it; a supervisor is started again by us, everything else by the supervisor. */
async function kill(victim: Victim, cockpit: Cockpit, port: number): Promise<Cockpit> {
  const { supervisor } = cockpit;
  if (victim !== "supervisor") {
    await expect.poll(() => find(victim, cockpit), { message: `${victim} runs`, timeout: 30_000 }).toBeTruthy();
    process.kill(find(victim, cockpit)!, "SIGKILL");
    return cockpit;
  }
  const gone = once(supervisor, "exit");
  supervisor.kill("SIGKILL");
  await gone;
  return startCockpit({ home: cockpit.home, port });
}

/** PostgreSQL outlives a killed supervisor, so it need not be the child of this one. */
function find(victim: Exclude<Victim, "supervisor">, { supervisor, dataDir }: Cockpit): number | undefined {
  if (victim !== "postgres")
    return childrenOf(supervisor.pid!).find(({ command }) => command.includes(scripts[victim]))?.pid;
  const file = path.join(dataDir, "postgres/data/postmaster.pid");
  const pid = fs.existsSync(file) ? parseInt(fs.readFileSync(file, "utf8"), 10) : 0;
  return fs.existsSync(`/proc/${pid}/cmdline`) ? pid : undefined;
}

/** Denials that come in and are resolved, one after the other, tried again until each is acknowledged. */
class Resolving {
  private readonly waiting: string[] = [];
  private ending = false;
  private readonly running: Promise<void>;

  constructor(
    private readonly operator: APIRequestContext,
    private readonly cockpit: () => Cockpit,
    private readonly done: (runId: string) => void,
  ) {
    this.running = this.run();
  }

  more(count: number): void {
    for (let index = 0; index < count; index++)
      this.waiting.push(deny(this.cockpit().sessionDir, { owner: "kill:nine" }).run_id);
  }

  async end(): Promise<void> {
    this.ending = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.ending || this.waiting.length) {
      const runId = this.waiting[0];
      if (runId && (await this.resolve(runId).catch(() => false))) {
        this.done(runId);
        this.waiting.shift();
      } else await pause(50);
    }
  }

  /** True once the server has said that it is resolved: to the act itself, or to a later look, when the first answer was cut off. */
  private async resolve(runId: string): Promise<boolean> {
    const item = (await this.list("active")).find((row) => row.runId === runId);
    if (!item) return (await this.list("closed")).some((row) => row.runId === runId && row.outcome === "unblocked");
    const answer = await actOnItem(this.operator, this.cockpit(), "resolve", {
      id: item.id,
      version: item.version,
      outcome: "unblocked",
      note: "While processes died.",
      lateCause: null,
    });
    return answer.status() === 200;
  }

  /** All of them, page by page. */
  async list(state: "active" | "closed"): Promise<Row[]> {
    const rows: Row[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const answer = await this.operator.get(
        `/api/escalations?sort=newest&state=${state}&owner=${encodeURIComponent("kill:nine")}${cursor && `&after=${encodeURIComponent(cursor)}`}`,
      );
      const page = (await answer.json()) as { rows: Row[]; next: string | null };
      rows.push(...page.rows);
      cursor = page.next;
    }
    return rows;
  }
}
