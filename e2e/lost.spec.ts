import fs from "node:fs";
import path from "node:path";
import { actOnItem } from "./support/actions";
import { query } from "./support/database";
import { recordsOf } from "./support/queue-file";
import { expect, test } from "./support/test";

const says = "Its record is gone from thegent's file; nobody resolved it.";
const press = "Add it to thegent's queue again";

/** Somebody's editor saves the queue file without the run's line. Answers the line. */
function takeAway(sessionDir: string, runId: string): string {
  const file = path.join(sessionDir, "escalation_queue.jsonl");
  const lines = fs.readFileSync(file, "utf8").split("\n");
  fs.writeFileSync(`${file}.edited`, lines.filter((line) => !line.includes(runId)).join("\n"));
  fs.renameSync(`${file}.edited`, file);
  return lines.find((line) => line.includes(runId))!;
}
const linesOf = (sessionDir: string, runId: string) =>
  fs
    .readFileSync(path.join(sessionDir, "escalation_queue.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line.includes(runId));

test("the Operator sees that an item's record is gone, and one press puts it back as it stood", async ({
  as,
  cockpit,
  denied,
}) => {
  const item = await denied();
  const page = await as("Operator");
  await page.goto(`/escalations/${item.id}`);
  await expect(page.getByText("Open, unclaimed")).toBeVisible();
  const line = takeAway(cockpit.sessionDir, item.run_id);
  await expect(page.getByText(says)).toBeVisible();
  await page.getByRole("button", { name: press }).click();
  await expect.poll(() => linesOf(cockpit.sessionDir, item.run_id)).toEqual([line]);
  await expect(page.getByText(says)).toHaveCount(0);
  await expect(page.getByRole("button", { name: press })).toHaveCount(0);
  await expect(page.getByText("Open, unclaimed")).toBeVisible();
  const events = await query<{ outcome: string; body: string }>(
    cockpit.dataDir,
    `SELECT "outcome", "body" FROM "AuditEvent" WHERE "subjectId" = $1 AND "action" = 'escalation.add-again'`,
    [item.id],
  );
  expect(
    events.map(({ outcome, body }) => [outcome, (JSON.parse(body) as { actor: { name: string } }).actor.name]),
  ).toEqual([["done", "Olga Operator"]]);
});

for (const role of ["Tech Lead", "Security/Compliance", "Stakeholder"] as const) {
  test(`the ${role} sees that it is gone and whose it is to add it, and may not, also without the page`, async ({
    as,
    cockpit,
    denied,
    http,
  }) => {
    const item = await denied();
    takeAway(cockpit.sessionDir, item.run_id);
    const page = await as(role);
    await page.goto(`/escalations/${item.id}`);
    await expect(page.getByText(says)).toBeVisible();
    await expect(page.getByText("Product Owner or Operator can do this").first()).toBeVisible();
    await expect(page.getByRole("button", { name: press })).toHaveCount(0);

    const context = await http(role);
    const { version } = (await (await context.get(`/api/escalations/${item.id}`)).json()) as { version: number };
    expect((await actOnItem(context, cockpit, "add-again", { id: item.id, version })).status()).toBe(403);
    const events = await query<{ outcome: string }>(
      cockpit.dataDir,
      `SELECT "outcome" FROM "AuditEvent" WHERE "subjectId" = $1 AND "action" = 'escalation.add-again'`,
      [item.id],
    );
    expect(events).toEqual([{ outcome: "refused" }]);
    expect(recordsOf(cockpit.sessionDir, item.run_id)).toEqual([]);
  });
}
