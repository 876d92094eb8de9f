import fs from "node:fs";
import path from "node:path";
import { verifyChain } from "./support/chain";
import { query } from "./support/database";
import { deny, recordsOf } from "./support/queue-file";
import { expect, test } from "./support/test";

test("the Operator claims and resolves an escalation, and thegent's queue file shows it resolved", async ({
  as,
  cockpit,
  denied,
}) => {
  const item = await denied();
  const page = await as("Operator");
  await page.goto(`/escalations?owner=${encodeURIComponent(item.owner)}`);
  await page.getByRole("link", { name: item.run_id }).click();

  await page.getByRole("button", { name: "Claim" }).click();
  await expect(page.getByText("Claimed by you")).toBeVisible();
  await page.getByRole("radio", { name: "unblocked" }).check();
  await page.getByRole("textbox", { name: "Note" }).fill("Confidence was measured anew: 0.93.");
  await expect(page.getByText(`Closes this item and marks 1 pending record of ${item.run_id}`)).toBeVisible();
  await page.getByRole("button", { name: "Resolve" }).click();

  const receipt = page.getByRole("group", { name: "Receipt" });
  await expect(receipt).toContainText("Decided by Olga Operator");
  await expect(receipt).toContainText("Taken up by thegent");
  await expect(receipt).toContainText("1 record closed in its file");
  expect(recordsOf(cockpit.sessionDir, item.run_id)).toMatchObject([
    { status: "resolved", resolved_at_utc: expect.stringMatching(/\+00:00$/) },
  ]);
  await expect(
    page.getByRole("region", { name: "thegent's records" }).getByRole("cell", { name: "resolved", exact: true }),
  ).toBeVisible();
});

test("an item of the sample that is long past its SLA is resolved with its cause, all records of its run at once", async ({
  as,
  cockpit,
}) => {
  const page = await as("Operator");
  await page.goto("/escalations?sla=past");
  await page.getByRole("link", { name: "run_7f739859" }).click();
  const pending = recordsOf(cockpit.sessionDir, "run_7f739859").filter(({ status }) => status === "pending");
  expect(pending.length).toBeGreaterThan(1);

  await page.getByRole("radio", { name: "rejected" }).check();
  await page.getByRole("textbox", { name: "Note" }).fill("The agent is not to run in production.");
  await page.getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByRole("textbox", { name: "Cause of the lateness" })).toBeFocused();
  await page.getByRole("textbox", { name: "Cause of the lateness" }).fill("Nobody was on duty at night.");
  await page.getByRole("button", { name: "Resolve" }).click();

  await expect(page.getByText(`${pending.length} records closed in its file`)).toBeVisible();
  expect(recordsOf(cockpit.sessionDir, "run_7f739859").filter(({ status }) => status === "rejected")).toHaveLength(
    pending.length,
  );
});

test("the Stakeholder sees who can, and a forged POST is refused and put into the chain", async ({
  as,
  complaints,
  cockpit,
  denied,
}) => {
  const item = await denied();
  const stakeholder = await as("Stakeholder");
  await stakeholder.goto(`/escalations/${item.id}`);
  await expect(
    stakeholder.getByText("Product Owner or Operator can do this; Stakeholder is Informed (I) on “Escalation queue"),
  ).toBeVisible();
  await expect(stakeholder.getByRole("button", { name: /Claim|Resolve/ })).toHaveCount(0);

  // The Operator's own request, kept from reaching the server, and sent with the Stakeholder's session instead.
  const operator = await as("Operator");
  await operator.goto(`/escalations/${item.id}`);
  const request = operator.waitForRequest((sent) => sent.headers()["next-action"] !== undefined);
  await operator.route("**", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  complaints.expect(/ERR_FAILED/);
  await operator.getByRole("button", { name: "Claim" }).click();
  const captured = await request;
  const { cookie: _, ...headers } = await captured.allHeaders();
  const forged = await stakeholder.request.post(captured.url(), {
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name]) => !name.startsWith(":") && name !== "content-length"),
    ),
    data: captured.postDataBuffer()!,
  });

  expect(forged.status()).toBe(403);
  expect(await forged.text()).toContain("Product Owner or Operator can do this");
  const [event] = await query<{ outcome: string; body: string }>(
    cockpit.dataDir,
    `SELECT "outcome", "body" FROM "AuditEvent" WHERE "subjectId" = $1 AND "action" = 'escalation.claim'`,
    [item.id],
  );
  expect(event).toMatchObject({ outcome: "refused" });
  expect(event!.body).toContain("Stan Holder");
  expect(verifyChain(cockpit.dataDir)).toMatchObject({ code: 0 });
  await stakeholder.reload();
  await expect(stakeholder.getByText("Open, unclaimed")).toBeVisible();
});

test("a line that thegent appends shows on the open page without a reload", async ({ as, cockpit }) => {
  const page = await as("Security/Compliance");
  await page.goto("/escalations?sort=newest");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const { run_id } = deny(cockpit.sessionDir);
  await expect(page.getByRole("link", { name: run_id })).toBeVisible();
});

test("a half-written line waits for its end", async ({ as, cockpit, denied }) => {
  const first = await denied();
  const file = path.join(cockpit.sessionDir, "escalation_queue.jsonl");
  const whole = fs
    .readFileSync(file, "utf8")
    .split("\n")
    .find((line) => line.includes(first.run_id))!;
  const torn = whole.replace(first.run_id, "run_in_two_parts");
  const page = await as("Operator");
  await page.goto(`/escalations?sort=newest&owner=${encodeURIComponent(first.owner)}`);
  fs.appendFileSync(file, torn.slice(0, 60));
  fs.appendFileSync(file, `${torn.slice(60)}\n`);
  await expect(page.getByRole("link", { name: "run_in_two_parts" })).toBeVisible();
});

test("a colleague's claim shows on another open page, and what is typed there stays", async ({ as, denied }) => {
  const item = await denied();
  const [mine, theirs] = [await as("Operator"), await as("Product Owner")];
  await mine.goto(`/escalations/${item.id}`);
  await expect(mine.getByText("Live", { exact: true })).toBeVisible();
  await mine.getByRole("textbox", { name: "Note" }).fill("I was about to write");
  await theirs.goto(`/escalations/${item.id}`);
  await theirs.getByRole("button", { name: "Claim" }).click();
  await expect(mine.getByText("Claimed by Paula Owner")).toBeVisible();
  await expect(mine.getByRole("textbox", { name: "Note" })).toHaveValue("I was about to write");
  await expect(mine.getByRole("button", { name: "Resolve" })).toHaveCount(0);
});

test("text from thegent's files stays text", async ({ as, denied }) => {
  const reason = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script> \u202egnp.exe & "quotes" {{7*7}}`;
  const item = await denied({ reason, owner: "<b>eve</b>:shop", agent: "javascript:alert(1)" });
  const page = await as("Operator");
  await page.goto(`/escalations?sort=newest&owner=${encodeURIComponent(item.owner)}`);
  await expect(page.getByRole("cell", { name: "<script>document.title='owned'</script>" })).toBeVisible();
  await page.getByRole("link", { name: item.run_id }).click();
  await expect(page.getByRole("heading", { name: "{{7*7}}" })).toContainText(reason);
  expect(await page.title()).not.toBe("owned");
});
