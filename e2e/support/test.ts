/**
 * `test` with people: `await as("Operator")` is a page signed in as the sample's Operator. A test fails when a page of its says
 * something on the browser's console or throws, unless the test expects it.
 */
import { test as base, expect, type APIRequestContext, type Page } from "@playwright/test";
import { verifyChain } from "./chain";
import { startStaffed, type Staffed } from "./cockpit";
import { deny, type Denial } from "./queue-file";

export type RoleName = "Operator" | "Tech Lead" | "Product Owner" | "Security/Compliance" | "Stakeholder";

type Denied = Denial & { id: string; version: number };

type Fixtures = {
  complaints: { expect(pattern: RegExp): void };
  as: (role: RoleName | null, options?: { viewport?: { width: number; height: number } }) => Promise<Page>;
  /** The same sessions without a browser. */
  http: (role: RoleName) => Promise<APIRequestContext>;
  /** Appends a denial to thegent's queue file, and waits until it is an item here. */
  denied: (given?: Partial<Denial>) => Promise<Denied>;
  /** The same of a denial that is past its SLA, and waits until the timer has raised it. */
  breached: (given?: Partial<Denial>) => Promise<Denied>;
};

type OfWorker = [
  (given: object, use: (cockpit: Staffed) => Promise<void>) => Promise<void>,
  { scope: "worker"; timeout: number },
];

/** A cockpit that no other file has, where a file asks for it: for what there is one of in a cockpit, or what others count there. */
export const ownCockpit = (): OfWorker => [
  async ({}, use) => {
    const cockpit = await startStaffed();
    try {
      await use(cockpit);
      // Whatever the tests did and tried in it.
      expect(verifyChain(cockpit.dataDir)).toMatchObject({ code: 0 });
    } finally {
      await cockpit.remove();
    }
  },
  { scope: "worker", timeout: 300_000 },
];

/** One cockpit for all tests of a worker: who is on duty, or what was read, in one worker's tests is nothing to those beside it. */
type WorkerFixtures = { cockpit: Staffed };

export const test = base.extend<Fixtures, WorkerFixtures>({
  cockpit: ownCockpit(),

  complaints: async ({}, use) => {
    const expected: RegExp[] = [];
    const heard: string[] = [];
    await use(Object.assign({ expect: (pattern: RegExp) => void expected.push(pattern) }, { heard }));
    expect(heard.filter((text) => !expected.some((pattern) => pattern.test(text)))).toEqual([]);
  },

  as: async ({ browser, cockpit, complaints }, use) => {
    const { heard } = complaints as unknown as { heard: string[] };
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (role, options = {}) => {
      const context = await browser.newContext({
        baseURL: cockpit.url,
        ...(role && { storageState: cockpit.states[role] }),
        ...options,
      });
      contexts.push(context);
      context.on("console", (message) => {
        if (["error", "warning"].includes(message.type()))
          heard.push(`${message.text()} ${message.location().url}`.trim());
      });
      context.on("weberror", (thrown) => heard.push(String(thrown.error())));
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  http: async ({ playwright, cockpit }, use) => {
    const contexts: APIRequestContext[] = [];
    await use(async (role) => {
      const context = await playwright.request.newContext({
        baseURL: cockpit.url,
        storageState: cockpit.states[role]!,
      });
      contexts.push(context);
      return context;
    });
    for (const context of contexts) await context.dispose();
  },

  denied: async ({ cockpit, http }, use) => {
    await use(async (given = {}) => {
      const denial = deny(cockpit.sessionDir, given);
      const reader = await http("Stakeholder");
      const found = async () => (await listOf(reader, denial.owner)).find((row) => row.runId === denial.run_id);
      await expect.poll(found, { message: `${denial.run_id} becomes an item` }).toBeTruthy();
      const { id, version } = (await found())!;
      return { ...denial, id, version };
    });
  },

  breached: async ({ denied, http }, use) => {
    await use(async (given = {}) => {
      const item = await denied({ minutesLeft: -5, ...given });
      const reader = await http("Stakeholder");
      const read = async () =>
        (await (await reader.get(`/api/escalations/${item.id}`)).json()) as { level: number; version: number };
      await expect.poll(async () => (await read()).level, { message: `${item.run_id} is raised` }).toBe(1);
      return { ...item, version: (await read()).version };
    });
  },
});

type Row = { id: string; version: number; runId: string; status: string };

async function listOf(reader: APIRequestContext, owner: string): Promise<Row[]> {
  const answer = await reader.get(`/api/escalations?sort=newest&owner=${encodeURIComponent(owner)}`);
  return ((await answer.json()) as { rows: Row[] }).rows;
}

export { expect };
