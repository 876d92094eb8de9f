import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { expectAccessible } from "./support/accessible";
import { callAction } from "./support/actions";
import { awake } from "./support/awake";
import { verifyChain } from "./support/chain";
import { query } from "./support/database";
import { isHonoured, overrideInThegent, overridesOf } from "./support/override-file";
import { askFor, forgeApproval, justification, readOverride, somebody } from "./support/overrides";
import { deny, recordsOf } from "./support/queue-file";
import { expect, test, type RoleName } from "./support/test";

const fresh = (what: string): string => `${what}:${randomUUID().slice(0, 8)}`;

test("four people: asked, advised, approved for less, honoured by thegent, revoked, and provable", async ({
  as,
  cockpit,
  denied,
}) => {
  const owner = fresh("Zoë 夜勤");
  const item = await denied({ owner });
  const other = await denied({ owner });

  const operator = await as("Operator");
  await operator.goto(`/escalations/${item.id}`);
  await awake(operator);
  await operator.keyboard.press("o");
  const form = operator.getByRole("form", { name: "Ask for an override" });
  const words = form.getByRole("textbox", { name: "Justification" });
  await words.fill("a".repeat(40));
  await expect(form.getByText("40 characters, but they say nothing")).toBeVisible();
  await form.getByRole("button", { name: "Ask for the override" }).click();
  await expect(words).toBeFocused();
  await words.fill(`${justification}\nSee "run book".`);
  await form.getByRole("button", { name: "8 h", exact: true }).click();
  await expect(form.getByText("That is 8 h.")).toBeVisible();
  await form.getByRole("textbox", { name: "Ticket" }).fill("OPS-4711");
  await form.getByRole("button", { name: "Ask for the override" }).click();
  await expect(
    operator.getByText("Olga Operator has asked for an override of this item, and it waits for a decision."),
  ).toBeVisible();
  expect(overridesOf(cockpit.sessionDir, owner)).toEqual([]);

  const security = await as("Security/Compliance");
  await security.goto("/overrides");
  await security.getByRole("link", { name: owner }).click();
  await security.getByRole("radio", { name: "For" }).check();
  await security.getByRole("textbox", { name: "In words" }).fill("The measurement is sound.");
  await security.getByRole("button", { name: "Give this advice" }).click();
  await expect(security.getByText("Advised for it by Sena Security")).toBeVisible();
  await expect(
    security.getByText("Product Owner can do this; Security/Compliance is Consulted (C)").first(),
  ).toBeVisible();

  const decider = await as("Product Owner");
  await decider.goto(security.url());
  await expect(
    decider.getByText(`Every run of ${owner}, on any rule, lane or agent, will pass policy until`).first(),
  ).toBeVisible();
  await expect(decider.getByRole("link", { name: other.run_id })).toBeVisible();
  await expect(decider.getByText("thegent records no environment with a run")).toHaveCount(1);
  await decider.getByRole("button", { name: "15 min" }).click();
  await expect(decider.getByText(`${item.run_id} is closed as overridden`)).toBeVisible();
  await decider.getByRole("textbox", { name: "Reason" }).fill("Month end.");
  await decider.getByRole("button", { name: "Approve" }).click();
  const receipt = decider.getByRole("group", { name: "Receipt" });
  await expect(receipt).toContainText("Approved for 15 min; 8 h were asked for, by Paula Owner as Product Owner (A)");
  await expect(receipt).toContainText("Written into thegent’s file");
  await expect(receipt).toContainText(`thegent honours ${owner} now.`);

  const [record, ...more] = overridesOf(cockpit.sessionDir, owner);
  expect(more).toEqual([]);
  expect(record).toMatchObject({ owner, reason: `${justification}\nSee "run book".` });
  expect(Date.parse(record!.expires_at_utc) - Date.parse(record!.timestamp)).toBe(900_000);
  expect(isHonoured(cockpit.sessionDir, owner)).toBe(true);
  await expect
    .poll(() => recordsOf(cockpit.sessionDir, item.run_id).map(({ status }) => status))
    .toEqual(["overridden"]);
  await expect(operator.getByText("Active: thegent honours it")).toBeVisible();
  await expect(operator.getByText("Overridden", { exact: false }).first()).toBeVisible();

  const id = decider.url().split("/").at(-1)!;
  const [event] = await query<{ seq: string; hash: string; role: string }>(
    cockpit.dataDir,
    `SELECT "seq"::text, "hash", "body"::json->>'role' AS "role" FROM "AuditEvent" WHERE "subjectId" = $1 AND "action" = 'override.decide'`,
    [id],
  );
  await expect(receipt.getByRole("link", { name: event!.seq, exact: true })).toHaveAttribute(
    "href",
    `#event-${event!.seq}`,
  );
  await expect(receipt).toContainText(event!.hash);

  await decider.getByRole("tab", { name: "Revoke" }).click();
  await decider.getByRole("textbox", { name: "Reason" }).fill("The run is through.");
  await decider.getByRole("button", { name: "Revoke" }).click();
  await expect(receipt).toContainText("Ended in thegent’s file");
  await expect(receipt).toContainText(`thegent does not honour ${owner} any more.`);
  expect(overridesOf(cockpit.sessionDir, owner)).toHaveLength(1);
  expect(isHonoured(cockpit.sessionDir, owner)).toBe(false);

  await decider.goto(`/overrides?tab=history&q=${encodeURIComponent(owner)}`);
  await expect(decider.getByRole("row", { name: owner })).toContainText("Revoked");
  await decider.getByRole("link", { name: owner }).click();
  await expect(decider.getByRole("group", { name: "Receipt" })).toContainText("Revoked, by Paula Owner");
  const exported = await decider.request.get(
    `/api/overrides/export?format=json&tab=history&q=${encodeURIComponent(owner)}`,
  );
  expect(await exported.json()).toHaveLength(1);
  expect(verifyChain(cockpit.dataDir)).toMatchObject({ code: 0 });
});

test("who asked never decides, whatever their roles: not by the page, not by a forged POST", async ({
  browser,
  cockpit,
}) => {
  const owner = fresh("both");
  const both = await somebody(browser, cockpit, "Bo Both", ["operator", "product_owner"]);
  const id = await askFor(both.http, cockpit, { owner });
  await both.page.goto(`/overrides/${id}`);
  await expect(both.page.getByText("Who asked for an override never decides it, whatever their roles")).toBeVisible();
  await expect(both.page.getByRole("button", { name: /^(Approve|Deny)$/ })).toHaveCount(0);
  expect(await forgeApproval(both.http, cockpit, id)).toBeGreaterThanOrEqual(400);
  expect((await readOverride(both.http, id)).status).toBe("requested");
  expect(overridesOf(cockpit.sessionDir, owner)).toEqual([]);
  await both.page.getByRole("button", { name: "Withdraw the request" }).click();
  await expect(both.page.getByRole("group", { name: "Receipt" })).toContainText("Withdrawn, by Bo Both");
  await both.close();
});

for (const role of ["Tech Lead", "Stakeholder", "Operator", "Security/Compliance"] as RoleName[]) {
  test(`${role} sees the request and does not decide it, also without the page`, async ({ as, cockpit, http }) => {
    const owner = fresh("refused");
    const id = await askFor(await http("Product Owner"), cockpit, { owner });
    const page = await as(role);
    await page.goto(`/overrides/${id}`);
    await expect(page.getByRole("heading", { name: `Override for ${owner}` })).toBeVisible();
    await expect(page.getByText(`Product Owner can do this; ${role} is`).first()).toBeVisible();
    await expect(page.getByRole("button", { name: /^(Approve|Deny|Revoke)$/ })).toHaveCount(0);
    if (role === "Tech Lead" || role === "Stakeholder") await expect(page.getByRole("tab")).toHaveCount(0);
    expect(await forgeApproval(await http(role), cockpit, id)).toBe(403);
    const events = await query<{ outcome: string }>(
      cockpit.dataDir,
      `SELECT "outcome" FROM "AuditEvent" WHERE "subjectId" = $1 AND "action" = 'override.decide'`,
      [id],
    );
    expect(events).toEqual([{ outcome: "refused" }]);
    expect(overridesOf(cockpit.sessionDir, owner)).toEqual([]);
  });
}

test("Security decides while a delegation holds, and both names are on the record", async ({
  browser,
  cockpit,
  http,
}) => {
  const owner = fresh("deputed");
  const id = await askFor(await http("Operator"), cockpit, { owner });
  const [accountable, deputy] = [
    await somebody(browser, cockpit, `Ada Accountable ${owner}`, ["product_owner"]),
    await somebody(browser, cockpit, `Dee Deputy ${owner}`, ["security"]),
  ];
  await deputy.page.goto(`/overrides/${id}`);
  await expect(deputy.page.getByRole("tab", { name: "Advise" })).toBeVisible();
  await expect(deputy.page.getByRole("tab", { name: "Approve" })).toHaveCount(0);

  await accountable.page.goto("/overrides");
  await accountable.page.getByText("Delegations", { exact: true }).click();
  const form = accountable.page.getByRole("form", { name: "Delegate deciding" });
  await form.getByRole("combobox", { name: "To" }).selectOption({ label: deputy.name });
  const until = await accountable.page.evaluate(() => {
    const at = new Date(Date.now() + 3_600_000 - new Date().getTimezoneOffset() * 60_000);
    return at.toISOString().slice(0, 16);
  });
  await form.getByLabel("Until").fill(until);
  await form.getByRole("button", { name: "Delegate deciding" }).click();
  const line = accountable.page.getByRole("listitem").filter({ hasText: deputy.name });
  await expect(line).toContainText(`decides on overrides in the place of ${accountable.name}`);

  await deputy.page.reload();
  await deputy.page.getByRole("textbox", { name: "Reason", exact: true }).fill("In her place.");
  await deputy.page.getByRole("textbox", { name: "Why not wait for advice" }).fill("I am the one who would advise.");
  await deputy.page.getByRole("button", { name: "Approve" }).click();
  await expect(deputy.page.getByRole("group", { name: "Receipt" })).toContainText(
    `by ${deputy.name} for ${accountable.name}`,
  );
  const { decidedBy, decidedFor } = await readOverride(deputy.http, id);
  expect([decidedBy?.name, decidedFor?.name]).toEqual([deputy.name, accountable.name]);

  await line.getByRole("button", { name: "End it now" }).click();
  await expect(line).toHaveCount(0);
  const next = await askFor(await http("Operator"), cockpit, { owner: fresh("deputed") });
  expect(await forgeApproval(deputy.http, cockpit, next)).toBe(403);
  await Promise.all([accountable.close(), deputy.close()]);
});

test("what changed since the decider began is shown, what was typed is kept, and they are asked again", async ({
  as,
  cockpit,
  denied,
  http,
}) => {
  const owner = fresh("stale");
  const id = await askFor(await http("Operator"), cockpit, { owner });
  const page = await as("Product Owner");
  await page.goto(`/overrides/${id}`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "Reason", exact: true }).fill("I was about to approve.");
  await page.getByRole("textbox", { name: "Why not wait for advice" }).fill("It cannot wait any longer.");
  const came = await denied({ owner });
  const notice = page.getByRole("alert").filter({ hasText: "has changed since you began" });
  await expect(notice).toContainText(`Pending denials that came since: ${came.run_id}.`);
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("Look at what is different above")).toBeVisible();
  expect((await readOverride(page.request, id)).status).toBe("requested");
  await expect(page.getByRole("textbox", { name: "Reason", exact: true })).toHaveValue("I was about to approve.");
  await page.getByRole("button", { name: "I have seen what is different" }).click();
  await expect(notice).toHaveCount(0);
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByRole("group", { name: "Receipt" })).toContainText("by Paula Owner");
});

test("an override in force is asked for again, as a request that names it, and denied with a reason", async ({
  as,
  cockpit,
  http,
}) => {
  const owner = fresh("renewed");
  const first = await askFor(await http("Operator"), cockpit, { owner });
  expect(await forgeApproval(await http("Product Owner"), cockpit, first)).toBe(200);
  const operator = await as("Operator");
  await operator.goto(`/overrides/${first}`);
  await operator.getByRole("tab", { name: "Renew" }).click();
  await operator.getByRole("textbox", { name: "Justification" }).fill("The same run needs another hour of it.");
  await operator.getByRole("button", { name: "Ask for the override" }).click();
  await expect(operator.getByText("Waits for a decision")).toBeVisible();
  await expect(operator.getByRole("link", { name: "Active: thegent honours it" })).toHaveAttribute(
    "href",
    `/overrides/${first}`,
  );

  const decider = await as("Product Owner");
  await decider.goto(operator.url());
  await expect(decider.getByRole("link", { name: "decided here" })).toHaveAttribute("href", `/overrides/${first}`);
  await decider.getByRole("tab", { name: "Deny" }).click();
  await decider.getByRole("textbox", { name: "Reason", exact: true }).fill("One hour was enough.");
  await decider.getByRole("button", { name: "Deny" }).click();
  await expect(decider.getByRole("textbox", { name: "Why not wait for advice" })).toBeFocused();
  await decider.getByRole("textbox", { name: "Why not wait for advice" }).fill("Nothing passes by denying it.");
  await decider.getByRole("button", { name: "Deny" }).click();
  await expect(decider.getByRole("group", { name: "Receipt" })).toContainText(
    "Denied, by Paula Owner as Product Owner (A)",
  );
  await expect(operator.getByRole("group", { name: "Receipt" })).toContainText("One hour was enough.");
  expect(overridesOf(cockpit.sessionDir, owner)).toHaveLength(1);
});

test("the history is searched by anybody who may read it, and leaves as CSV and as JSON", async ({
  as,
  cockpit,
  http,
}) => {
  const owner = fresh("exported");
  const operator = await http("Operator");
  const id = await askFor(operator, cockpit, { owner });
  const { version } = await readOverride(operator, id);
  expect(
    (
      await callAction(
        operator,
        cockpit,
        "actOnOverride",
        { act: "withdraw", id, version },
        cockpit.url,
        `/overrides/${id}`,
      )
    ).status(),
  ).toBe(200);
  const page = await as("Stakeholder");
  await page.goto("/overrides?tab=history");
  await page.getByRole("textbox", { name: "Owner, exactly" }).fill(owner);
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(new RegExp(`owner=${encodeURIComponent(owner)}`));
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("row").last()).toContainText(owner);
  const exported = async (format: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: `Export as ${format}` }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(
      new RegExp(`^overrides-history-\\d{8}T\\d{6}Z\\.${format.toLowerCase()}$`),
    );
    return fs.readFileSync(await download.path(), "utf8");
  };
  expect(JSON.parse(await exported("JSON"))).toMatchObject([
    { id, owner, status: "withdrawn", justification, requestedBy: "Olga Operator" },
  ]);
  const lines = (await exported("CSV")).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('"id","owner","status","justification"');
  expect(lines[1]).toContain(`"${id}","${owner}","withdrawn"`);
});

test("an approval of content that nobody was shown is refused by the server", async ({ cockpit, http }) => {
  const id = await askFor(await http("Operator"), cockpit, { owner: fresh("unseen") });
  const decider = await http("Product Owner");
  expect(await forgeApproval(decider, cockpit, id, { seenHash: "0".repeat(64) })).toBe(409);
  expect(await forgeApproval(decider, cockpit, id, { seenHash: "none" })).toBe(400);
  expect((await readOverride(decider, id)).status).toBe("requested");
});

test("an override made in thegent itself is a finding, which the Product Owner looks at", async ({ as, cockpit }) => {
  const owner = fresh("outside");
  const lead = await as("Tech Lead");
  await lead.goto("/overrides?tab=findings");
  overrideInThegent(cockpit.sessionDir, { owner, reason: "quick fix", minutes: 30 });
  const line = (page: typeof lead) => page.getByRole("listitem").filter({ hasText: owner });
  await expect(line(lead)).toContainText("Override made in thegent");
  await expect(lead.getByText("Accountable for looking at them:")).toContainText("Paula Owner");
  await expect(line(lead).getByRole("button")).toHaveCount(0);

  const decider = await as("Product Owner");
  await decider.goto("/overrides?tab=findings");
  await line(decider).getByRole("button", { name: "I have looked at it…" }).click();
  await line(decider)
    .getByRole("textbox", { name: "What you found" })
    .fill("Agreed on the phone; it ends in half an hour.");
  await line(decider).getByRole("button", { name: "Note it" }).click();
  await expect(line(decider)).toContainText("Looked at by Paula Owner");
  await expect(line(lead)).toContainText("Looked at by Paula Owner");
});

test("the keyboard walks: g o, j, Enter; a colleague's request appears by itself", async ({ as, cockpit, http }) => {
  const page = await as("Product Owner");
  await page.goto("/escalations");
  await awake(page);
  // On a row `o` alone would ask for an override of it.
  await page.keyboard.press("j");
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { name: "Overrides", level: 1 })).toBeVisible();
  const owner = fresh("keys");
  const id = await askFor(await http("Operator"), cockpit, { owner, seconds: 60 });
  await expect(page.getByRole("link", { name: owner })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Activities" }).getByText(/waiting|overdue/)).toBeVisible();
  for (
    let press = 0;
    press < 60 && !(await page.getByRole("link", { name: owner }).evaluate((link) => link === document.activeElement));
    press++
  )
    await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/overrides/${id}$`));
});

test("the pages of overrides are accessible, and do not scroll sideways on a telephone", async ({
  as,
  cockpit,
  http,
}) => {
  const id = await askFor(await http("Operator"), cockpit, { owner: `${fresh("wide")}${"w".repeat(80)}` });
  deny(cockpit.sessionDir, { owner: "wide:other" });
  const page = await as("Product Owner");
  for (const path of [
    "/overrides",
    "/overrides?tab=active",
    "/overrides?tab=history",
    "/overrides?tab=findings",
    "/overrides/new",
    `/overrides/${id}`,
  ]) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const more of await page.locator("summary").all()) await more.click();
    await expect(page.getByRole("status", { name: /^Reading/ })).toHaveCount(0);
    // What lies under the header while it is scrolled away cannot be pressed there, and need not be.
    await page.evaluate(() => window.scrollTo(0, 0));
    await expectAccessible(page, path);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.querySelector("main")!.scrollWidth <= innerWidth), path).toBe(true);
  }
});

test("twenty requests fit at 1440 × 900", async ({ as, cockpit, http }) => {
  const operator = await http("Operator");
  for (let index = 0; index < 20; index++) await askFor(operator, cockpit, { owner: fresh(`dense${index}`) });
  const page = await as("Tech Lead");
  await page.goto("/overrides");
  await expect.poll(() => page.getByRole("row").count()).toBeGreaterThan(20);
  const boxes = await Promise.all((await page.getByRole("row").all()).slice(1, 26).map((row) => row.boundingBox()));
  expect(boxes.filter((box) => box && box.y >= 0 && box.y + box.height <= 900).length).toBeGreaterThanOrEqual(20);
});
