/** `npm run dev`. Compiling each page as it is opened takes long: only `npm run test:soak` does so. */
import fs from "node:fs";
import path from "node:path";
import { isSoak } from "@/lib/testing/rounds";
import { startCockpit, type Cockpit } from "./support/cockpit";
import { childrenOf, type Process } from "./support/processes";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

test.skip(!isSoak, "npm run test:soak");
// Beside other tests a page may take a minute to be compiled.
test.describe.configure({ timeout: 600_000 });
test.use({ navigationTimeout: 180_000 });

const compiled = { timeout: 120_000 };
const root = path.resolve(".");
const sources = [
  "app",
  "bin",
  "components",
  "lib",
  "prisma",
  "public",
  "samples",
  "instrumentation.ts",
  "next.config.mjs",
  "package.json",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

/** What is changed here is a copy, whose packages are the repository's. */
function copyRepository(): string {
  const copy = path.join(root, `.data/develop-${process.pid}`);
  for (const source of sources) fs.cpSync(path.join(root, source), path.join(copy, source), { recursive: true });
  fs.symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"));
  return copy;
}

let copy: string;
let cockpit: Cockpit;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  copy = copyRepository();
  cockpit = await startCockpit({ develop: copy, settings: { COCKPIT_BUILD_ROOT: root } });
});
test.afterAll(async () => {
  await cockpit?.remove();
  fs.rmSync(copy, { recursive: true, force: true });
});

const edit = (file: string, change: (text: string) => string) =>
  fs.writeFileSync(path.join(copy, file), change(fs.readFileSync(path.join(copy, file), "utf8")));
const familyOf = (pid: number): Process[] => childrenOf(pid).flatMap((child) => [child, ...familyOf(child.pid)]);
const workerPid = () =>
  familyOf(cockpit.supervisor.pid!).find(({ command }) => command.includes("worker-process.ts"))?.pid;

test("whoever develops sees a changed component without a reload, and can act, under a policy that lets no other script in", async ({
  browser,
}) => {
  const http = await signIn(
    cockpit.url,
    cockpit.accounts.find(({ role }) => role === "Operator")!,
  );
  const context = await browser.newContext({ baseURL: cockpit.url, storageState: await http.storageState() });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  const answer = await page.goto("/escalations");
  expect(answer?.headers()["content-security-policy"]).toMatch(
    /script-src 'self' 'nonce-[^']+' 'strict-dynamic' 'unsafe-eval'/,
  );
  await expect(page.getByText("Live", { exact: true })).toBeVisible(compiled);

  await page.evaluate(() => void Object.assign(window, { isTheSamePage: true }));
  edit("components/shell/nav.tsx", (text) => text.replace('name: "Operating model"', 'name: "Model in operation"'));
  await expect(page.getByRole("link", { name: "Model in operation" })).toBeVisible(compiled);
  expect(await page.evaluate(() => "isTheSamePage" in window)).toBe(true);

  await page.locator("tbody a").first().click();
  await page.getByRole("button", { name: "Claim", exact: true }).first().click(compiled);
  await expect(page.getByRole("button", { name: "Keep the claim" })).toBeVisible(compiled);
  expect(wrong).toEqual([]);
  await Promise.all([context.close(), http.dispose()]);
});

test("a changed rule is run by the worker at once, and Ctrl-C ends every process", async () => {
  const before = workerPid();
  expect(before).toBeGreaterThan(0);
  edit("lib/areas/escalation/domain/clocks.ts", (text) => `${text}\n// Changed.\n`);
  await expect
    .poll(cockpit.said, compiled)
    .toContain("lib/areas/escalation/domain/clocks.ts changed: the worker starts again.");
  await expect.poll(() => [undefined, before].includes(workerPid()), compiled).toBe(false);

  const group = [
    ...childrenOf(process.pid).filter(({ pid }) => pid === cockpit.supervisor.pid),
    ...familyOf(cockpit.supervisor.pid!),
  ];
  // As the terminal does it: to every process of the group, in which PostgreSQL is not.
  for (const { pid, command } of group) if (command.startsWith(process.execPath)) process.kill(pid, "SIGINT");
  await expect.poll(() => group.filter(({ pid }) => fs.existsSync(`/proc/${pid}`)), compiled).toEqual([]);
});
