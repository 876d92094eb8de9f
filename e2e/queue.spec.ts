import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { actOnItem, callAction } from "./support/actions";
import { awake } from "./support/awake";
import { denyMany, recordsOf } from "./support/queue-file";
import { expect, test } from "./support/test";

const of = (owner: string, more = "") => `/escalations?owner=${encodeURIComponent(owner)}${more}`;
const rows = (page: Page) =>
  page
    .getByRole("table", { name: "Open escalations" })
    .getByRole("row")
    .filter({ has: page.getByRole("link") });
const bar = (page: Page) => page.getByRole("region", { name: "Selected items" });
const outcome = (page: Page) => bar(page).getByRole("group", { name: "Outcome", exact: true });
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

test("facets narrow the queue, count what they would show, and are all in the address", async ({
  as,
  cockpit,
  denied,
}) => {
  const owner = "facets:count";
  denyMany(cockpit.sessionDir, [
    { owner, lane: "critical", priority: 7 },
    { owner, lane: "critical" },
    { owner, lane: "standard" },
  ]);
  await denied({ owner, lane: "standard" });
  const page = await as("Tech Lead");
  await page.goto(of(owner));
  await expect(rows(page)).toHaveCount(4);
  await expect(page.getByText("4 match", { exact: true })).toBeVisible();
  const lane = page.getByRole("combobox", { name: "Lane" });
  await expect(lane.getByRole("option")).toHaveText(["Lane", "critical (2)", "standard (2)"]);

  await lane.selectOption("critical");
  await expect(page).toHaveURL(/lane=critical/);
  await expect(rows(page)).toHaveCount(2);
  // A facet counts what its other choices would show; the others count within it.
  await expect(lane.getByRole("option", { name: "standard (2)" })).toBeAttached();
  await expect(page.getByRole("combobox", { name: "Priority" }).getByRole("option")).toHaveText([
    "Priority",
    "Priority 7 (1)",
    "Priority 0 (1)",
  ]);

  // Nothing there is said as such, and can be chosen: one reads that all is well there.
  await page.getByRole("combobox", { name: "SLA" }).selectOption({ label: "Past SLA (0)" });
  await expect(page.getByText("No item matches these filters.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "SLA" })).toHaveValue("past");
  await page.getByRole("button", { name: "Clear filters (3)" }).click();
  await expect(page).toHaveURL(/\/escalations$/);
  await page.goBack();
  await expect(page).toHaveURL(/sla=past/);
});

test("a new item is read with the figures around it in one request, and it is the same list", async ({
  as,
  cockpit,
  denied,
  http,
}) => {
  const owner = "along:one & all";
  await denied({ owner });
  const page = await as("Operator");
  await page.goto(of(owner));
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  const asked: URL[] = [];
  page.on("request", (request) => {
    if (request.url().includes("list=")) asked.push(new URL(request.url()));
  });
  const together = () => asked.find((url) => url.searchParams.getAll("of").includes("queue"));
  // What was counted a moment ago, as at the opening of the page, is not counted again at once: the list is read without it then.
  await expect(async () => {
    const before = await rows(page).count();
    denyMany(cockpit.sessionDir, [{ owner }]);
    await expect(rows(page)).toHaveCount(before + 1);
    expect(together()).toBeDefined();
  }).toPass();
  const { pathname, searchParams } = together()!;
  expect(pathname).toBe("/api/together");

  const operator = await http("Operator");
  const asks = searchParams.get("list")!;
  const read = async (route: string) => (await (await operator.get(route)).json()) as Record<string, unknown>;
  const { of: answers } = (await read(`/api/together?of=queue&list=${encodeURIComponent(asks)}`)) as {
    of: Record<string, { data: Record<string, unknown> }>;
  };
  const { now: _now, ...alone } = await read(`/api/escalations?${asks}`);
  expect(alone.rows).toHaveLength(await rows(page).count());
  expect(answers.list!.data).toMatchObject(alone);
  expect(Object.keys(answers)).toEqual(expect.arrayContaining(["queue", "list"]));
});

test("who, path and level are facets, too", async ({ as, denied }) => {
  const owner = "facets:who";
  const [mine, free] = [await denied({ owner, minutesLeft: 20 }), await denied({ owner, minutesLeft: 25 })];
  const page = await as("Operator");
  await page.goto(of(owner));
  await awake(page);
  await press(page, "j", "c");
  await expect(rows(page).filter({ hasText: mine.run_id })).toContainText("You");
  await page.getByRole("combobox", { name: "Who" }).selectOption("mine");
  await expect(rows(page)).toHaveText([new RegExp(mine.run_id)]);
  await page.getByRole("combobox", { name: "Who" }).selectOption("none");
  await expect(rows(page)).toHaveText([new RegExp(free.run_id)]);
  await page.getByRole("combobox", { name: "Path" }).selectOption("integrity");
  await expect(page.getByText("No item matches these filters.")).toBeVisible();
  await page.getByRole("combobox", { name: "Path" }).selectOption("policy_denial");
  await page.getByRole("combobox", { name: "Level" }).selectOption("0");
  await expect(rows(page)).toHaveText([new RegExp(free.run_id)]);
});

test("order and columns survive a reload and the way back", async ({ as, denied }) => {
  const owner = "order:columns";
  const [high, low] = [
    await denied({ owner, priority: 9, minutesLeft: 25 }),
    await denied({ owner, priority: 1, minutesLeft: 20 }),
  ];
  const page = await as("Stakeholder");
  await page.goto(of(owner));
  await expect(rows(page)).toHaveText([new RegExp(low.run_id), new RegExp(high.run_id)]);
  await expect(page.getByRole("columnheader", { name: "Due" })).toHaveAttribute("aria-sort", "ascending");

  await page.getByRole("button", { name: "Priority" }).click();
  await expect(rows(page)).toHaveText([new RegExp(high.run_id), new RegExp(low.run_id)]);
  await expect(page.getByRole("columnheader", { name: "Priority" })).toHaveAttribute("aria-sort", "descending");
  await page.getByRole("button", { name: "Priority" }).click();
  await expect(page).toHaveURL(/sort=-priority/);
  await expect(rows(page)).toHaveText([new RegExp(low.run_id), new RegExp(high.run_id)]);

  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Path" }).check();
  await page.getByRole("checkbox", { name: "Agent" }).uncheck();
  await expect(page.getByRole("columnheader", { name: "Path" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "Denial" })).toHaveCount(2);
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Path" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Agent" })).toHaveCount(0);

  await page.getByRole("link", { name: low.run_id }).click();
  await expect(page).toHaveURL(/\/escalations\/[0-9a-f-]{36}/);
  await page.goBack();
  await expect(page.getByRole("columnheader", { name: "Priority" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByRole("columnheader", { name: "Path" })).toBeVisible();
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("button", { name: "Reset columns" }).click();
  await expect(page).not.toHaveURL(/columns=/);
});

test("a view is kept and shared by one, used by another, and dropped by whose it is", async ({ as }) => {
  const name = `Critical by priority ${Date.now()}`;
  const lead = await as("Tech Lead");
  await lead.goto("/escalations?lane=critical&sort=priority");
  await lead.getByRole("button", { name: "Views" }).click();
  await lead.getByRole("button", { name: "Save this view…" }).click();
  await lead.getByRole("button", { name: "Save", exact: true }).click();
  await expect(lead.getByText("The name is missing.")).toBeVisible();
  await lead.getByRole("textbox", { name: "Name" }).fill(name);
  await lead.getByRole("checkbox", { name: "Everyone sees it" }).check();
  await lead.getByRole("button", { name: "Save", exact: true }).click();
  await expect(lead.getByRole("button", { name, exact: true })).toHaveAttribute("aria-expanded", "true");

  const operator = await as("Operator");
  await operator.goto("/escalations");
  await operator.getByRole("button", { name: "All open" }).click();
  const views = operator.getByRole("group", { name: "Views of the queue" });
  await expect(views.getByRole("listitem").filter({ hasText: name })).toContainText("by ");
  await expect(views.getByRole("button", { name: `Delete view ${name}` })).toHaveCount(0);
  await views.getByRole("link", { name }).click();
  await expect(operator).toHaveURL(/sort=priority&lane=critical/);
  await operator.reload();
  await expect(operator.getByRole("button", { name, exact: true })).toBeVisible();

  await lead.getByRole("button", { name: `Delete view ${name}` }).click();
  await expect(lead.getByRole("link", { name })).toHaveCount(0);
  await operator.reload();
  await expect(operator.getByRole("button", { name: "Views" })).toBeVisible();
});

test("built-in views are a press away and named", async ({ as }) => {
  const page = await as("Stakeholder");
  await page.goto("/escalations");
  const main = page.getByRole("main");
  let shown = "All open";
  for (const [name, address] of [
    ["Past SLA", /sla=past/],
    ["Unassigned", /claim=none/],
    ["Breaches", /state=breaches/],
    ["All open", /escalations$/],
  ] as const) {
    await main.getByRole("button", { name: shown, exact: true }).click();
    await page.getByRole("group", { name: "Views of the queue" }).getByRole("link", { name, exact: true }).click();
    await expect(page).toHaveURL(address);
    await expect(main.getByRole("button", { name, exact: true })).toBeVisible();
    shown = name;
  }
});

test("three are selected and resolved without a mouse; what a colleague holds stays, and each says how it ended", async ({
  as,
  breached,
  cockpit,
  denied,
}) => {
  const owner = "many:keys";
  const late = await breached({ owner });
  const [held, free] = [await denied({ owner, minutesLeft: 20 }), await denied({ owner, minutesLeft: 25 })];
  const colleague = await as("Product Owner");
  await colleague.goto(of(owner));
  await awake(colleague);
  await colleague.getByRole("link", { name: held.run_id }).focus();
  await colleague.keyboard.press("c");
  await expect(rows(colleague).filter({ hasText: held.run_id })).toContainText("You");

  const page = await as("Operator");
  await page.goto(of(owner));
  await awake(page);
  await press(page, "j", "x", "j", "x", "j", "x");
  await expect(bar(page)).toContainText("3 selected 1 past SLA · 1 claimed by colleagues");

  await page.keyboard.press("r");
  await expect(page.getByRole("radio", { name: "unblocked" })).toBeFocused();
  await expect(bar(page)).toContainText("1 of 3 is claimed by Paula Owner and stays as it is.");
  await expect(bar(page)).toContainText(`1 of 3 is past the SLA, so the cause is asked for: ${late.run_id}.`);
  await press(page, "Space", "Tab");
  await page.keyboard.type("Confidence was measured anew.");
  await press(page, "Tab", "Tab", "Enter");
  // The cause is asked for before anything is sent.
  await expect(page.getByRole("textbox", { name: "Cause of the lateness" })).toBeFocused();
  await page.keyboard.type("Nobody was on duty at night.");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Resolve 2 items" })).toBeFocused();
  await page.keyboard.press("Enter");

  await expect(outcome(page)).toBeFocused();
  await expect(outcome(page)).toContainText("2 done, 1 not");
  await expect(outcome(page).getByRole("listitem").filter({ hasText: held.run_id })).toContainText(
    "Left as it was: it is claimed by Paula Owner.",
  );
  await expect(outcome(page).getByRole("link", { name: late.run_id })).toBeVisible();
  await expect(bar(page)).toContainText("1 selected");
  await expect(rows(page)).toHaveText([new RegExp(held.run_id)]);
  for (const run of [late.run_id, free.run_id])
    await expect.poll(() => recordsOf(cockpit.sessionDir, run)).toMatchObject([{ status: "resolved" }]);
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
});

test("many are claimed, and given to a colleague, without a mouse", async ({ as, denied }) => {
  const owner = "many:give";
  const first = await denied({ owner, minutesLeft: 20 });
  await denied({ owner, minutesLeft: 25 });
  const page = await as("Operator");
  await page.goto(of(owner));
  await awake(page);
  await press(page, "j", "x", "j", "x", "c");
  await expect(page.getByRole("button", { name: "Claim 2 items" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(outcome(page)).toContainText("2 done");
  await expect(rows(page).getByText("You")).toHaveCount(2);
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: first.run_id }).focus();
  await press(page, "x", "a");
  await expect(bar(page).getByRole("combobox", { name: "To" })).toBeFocused();
  await expect(bar(page).getByRole("option", { name: /Paula Owner/ })).toBeAttached();
  // Nobody who may not work on denials is offered.
  await expect(bar(page).getByRole("option", { name: /Stan Holder/ })).toHaveCount(0);
  await page.keyboard.type("Paula");
  await press(page, "Tab", "Enter");
  await expect(outcome(page)).toContainText("1 done");
  await expect(rows(page).filter({ hasText: first.run_id })).toContainText("Paula Owner");
});

test("what a colleague closes meanwhile is told before it is pressed, and what was typed stays", async ({
  as,
  cockpit,
  denied,
  http,
}) => {
  const owner = "many:meanwhile";
  const [mine, theirs] = [await denied({ owner, minutesLeft: 20 }), await denied({ owner, minutesLeft: 25 })];
  const page = await as("Operator");
  await page.goto(of(owner));
  await awake(page);
  await page.getByRole("checkbox", { name: "Select all loaded rows" }).check();
  await page.keyboard.press("r");
  await page.getByRole("radio", { name: "duplicate" }).check();
  await page.getByRole("textbox", { name: "Note" }).fill("Both are the same run.");

  const resolution = {
    id: theirs.id,
    version: theirs.version,
    outcome: "rejected",
    note: "It must not run.",
    lateCause: null,
  };
  expect((await actOnItem(await http("Product Owner"), cockpit, "resolve", resolution)).status()).toBe(200);
  await expect(bar(page)).toContainText("1 of 2 is closed already by Paula Owner and stays as it is.");
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("Both are the same run.");
  await page.getByRole("button", { name: "Resolve 1 item" }).click();
  await expect(outcome(page)).toContainText("1 done, 1 not");
  await expect(outcome(page).getByRole("link", { name: mine.run_id })).toBeVisible();
});

test("a range is selected with Shift, all loaded rows with one box, and another list starts with none", async ({
  as,
  cockpit,
  denied,
}) => {
  const owner = "many:range";
  denyMany(
    cockpit.sessionDir,
    Array.from({ length: 5 }, () => ({ owner, lane: "standard" })),
  );
  await denied({ owner, lane: "critical" });
  const page = await as("Operator");
  await page.goto(of(owner));
  await expect(rows(page)).toHaveCount(6);
  const boxes = rows(page).getByRole("checkbox");
  await boxes.nth(1).click();
  await boxes.nth(4).click({ modifiers: ["Shift"] });
  await expect(bar(page)).toContainText("4 selected");
  await boxes.nth(2).uncheck();
  await expect(bar(page)).toContainText("3 selected");
  // Another order is the same list.
  await page.getByRole("button", { name: "Subject" }).click();
  await expect(page).toHaveURL(/sort=subject/);
  await expect(bar(page)).toContainText("3 selected");
  await page.getByRole("checkbox", { name: "Select all loaded rows" }).check();
  await expect(bar(page)).toContainText("6 selected");
  await page.getByRole("combobox", { name: "Lane" }).selectOption("critical");
  await expect(rows(page)).toHaveCount(1);
  await expect(bar(page)).toHaveCount(0);
});

test("who may not act on the items selected sees whose they are, and a forged request does nothing", async ({
  as,
  cockpit,
  denied,
  http,
}) => {
  const owner = "many:refused";
  const item = await denied({ owner });
  const page = await as("Stakeholder");
  await page.goto(of(owner));
  await awake(page);
  await expect(page.getByRole("link", { name: "New item" })).toHaveCount(0);
  await press(page, "j", "c");
  await expect(page.getByText("Product Owner or Operator can do this")).toBeVisible();
  await page.keyboard.press("x");
  for (const [key, name] of [
    ["c", "claim"],
    ["a", "assign"],
    ["r", "resolve"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(bar(page)).toContainText(
      `It is not yours to ${name}: Product Owner or Operator can do this; Stakeholder is Informed (I) on`,
    );
    await expect(bar(page).getByRole("button", { name: /items?$/ })).toHaveCount(0);
  }
  const forged = await callAction(await http("Stakeholder"), cockpit, "actOnMany", {
    act: "claim",
    targets: [{ id: item.id, version: item.version }],
  });
  expect(await forged.text()).toContain('"code":"FORBIDDEN"');
  await page.reload();
  await expect(rows(page)).toContainText("Unclaimed");
});

test("the next item is one the person may take", async ({ as, denied }) => {
  const owner = "next:item";
  const [held, free] = [await denied({ owner, minutesLeft: 20 }), await denied({ owner, minutesLeft: 25 })];
  const colleague = await as("Product Owner");
  await colleague.goto(`/escalations/${held.id}`);
  await colleague.getByRole("button", { name: "Claim" }).click();
  await expect(colleague.getByText("Claimed by you")).toBeVisible();
  const page = await as("Operator");
  await page.goto(of(owner));
  await awake(page);
  await page.keyboard.press("n");
  await expect(page).toHaveURL(new RegExp(free.id));

  const reader = await as("Stakeholder");
  await reader.goto(of(owner));
  await awake(reader);
  await reader.keyboard.press("n");
  await expect(reader.getByText("There is no item in this list that you can take.")).toBeVisible();
});

test("on a telephone the filters fold behind one button", async ({ as }) => {
  const page = await as("Operator", { viewport: { width: 390, height: 844 } });
  await page.goto("/escalations?lane=critical");
  await expect(page.getByRole("combobox")).toHaveCount(0);
  await page.getByRole("button", { name: "Filters (1)", exact: true }).click();
  await page.getByRole("combobox", { name: "Lane" }).selectOption("");
  await expect(page).toHaveURL(/\/escalations$/);
  await page.getByRole("combobox", { name: "Order" }).selectOption("priority");
  await expect(page).toHaveURL(/sort=priority/);
});

test("menus and the bar of what is selected are accessible", async ({ as, breached, denied }) => {
  const owner = "axe:all";
  await breached({ owner });
  await denied({ owner });
  const page = await as("Operator");
  await page.goto(of(owner, "&columns=path,priority,lane,owner,agent,reason,level,blocked,who"));
  await awake(page);
  await page.getByRole("checkbox", { name: "Select all loaded rows" }).check();
  await page.keyboard.press("r");
  await page.getByRole("button", { name: "Resolve 2 items" }).click();
  await expect(page.getByText("Choose an outcome.")).toBeVisible();
  await page.getByRole("button", { name: "Columns" }).click();
  await expect(page.getByText("Due and subject are always shown.")).toBeVisible();
  await expectAccessible(page, "what is wrong and the columns");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: "Save this view…" }).click();
  await page.keyboard.press("Enter");
  await expectAccessible(page, "a view to keep", "Views of the queue");
  await press(page, "Escape", "Escape", "Escape");
  await page.getByRole("checkbox", { name: "Select all loaded rows" }).check();
  await press(page, "c", "Enter");
  await expect(outcome(page)).toContainText("2 done");
  await expectAccessible(page, "what was done");
});
