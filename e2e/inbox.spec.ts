import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { callAction } from "./support/actions";
import { awake, live } from "./support/awake";
import { deny, denyMany } from "./support/queue-file";
import { expect, test } from "./support/test";

const entry = (page: Page, subject: string) => page.getByRole("listitem").filter({ hasText: subject });
const owner = () => `inbox:${randomUUID().slice(0, 8)}`;

test("a denial is in the Operator's inbox without a reload, and opening it marks it read", async ({ as, cockpit }) => {
  const page = await as("Operator");
  await page.goto("/inbox");
  await live(page);
  const { run_id } = deny(cockpit.sessionDir, { owner: owner() });
  await expect(entry(page, run_id)).toContainText("Unread");
  await expect(entry(page, run_id)).toContainText("you are asked to act as Operator (R)");

  await entry(page, run_id).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/escalations\//);
  await page
    .getByRole("navigation", { name: "Activities" })
    .getByRole("link", { name: /^Inbox/ })
    .click();
  await expect(entry(page, run_id)).toBeVisible();
  await expect(entry(page, run_id)).not.toContainText("Unread");
});

test("each role hears in the way of its letter", async ({ as, denied }) => {
  const item = await denied({ owner: owner() });
  for (const [role, says] of [
    ["Product Owner", "you are asked to act as Product Owner (A)"],
    ["Security/Compliance", "your advice is asked as Security/Compliance (C)"],
    ["Tech Lead", "this is for you to know as Tech Lead (I)"],
    ["Stakeholder", "this is for you to know as Stakeholder (I)"],
  ] as const) {
    const page = await as(role);
    await page.goto("/inbox");
    await expect(entry(page, item.run_id), role).toContainText(says);
  }
});

test("a claim ends what colleagues are asked to do, on their open pages too", async ({ as, denied }) => {
  const item = await denied({ owner: owner() });
  const owners = await as("Product Owner");
  await owners.goto("/inbox?kind=action");
  await live(owners);
  await expect(entry(owners, item.run_id)).toBeVisible();

  const operator = await as("Operator");
  await operator.goto(`/escalations/${item.id}`);
  await operator.getByRole("button", { name: "Claim", exact: true }).click();
  await expect(entry(owners, item.run_id)).toHaveCount(0);
  await owners.getByRole("link", { name: "All", exact: true }).click();
  await expect(entry(owners, item.run_id)).toContainText("Settled: Olga Operator took the item");
});

test("repeats fold into one entry with a count, and all are marked read at once", async ({ as, cockpit, http }) => {
  const mine = owner();
  const runs = denyMany(
    cockpit.sessionDir,
    Array.from({ length: 5 }, () => ({ owner: mine, reason: `Folded for ${mine}` })),
  );
  const reader = await http("Stakeholder");
  const listed = async () =>
    ((await (await reader.get(`/api/escalations?owner=${encodeURIComponent(mine)}`)).json()) as { rows: unknown[] })
      .rows.length;
  await expect.poll(listed, { timeout: 30_000 }).toBe(runs.length);
  const page = await as("Stakeholder");
  await page.goto("/inbox");
  const folded = page.getByRole("listitem").filter({ hasText: `Folded for ${mine}` });
  await expect(folded).toHaveCount(1);
  await expect(folded.getByRole("link", { name: "5 items" })).toHaveAttribute(
    "href",
    new RegExp(encodeURIComponent(runs[0]!.owner)),
  );
  await expect(folded).toContainText("Unread");
  await page.getByRole("button", { name: "Mark all read" }).click();
  await expect(folded).not.toContainText("Unread");
  await expect
    .poll(
      async () =>
        (
          (await (await reader.get("/api/inbox")).json()) as { rows: { item: { owner: string }; unread: boolean }[] }
        ).rows.find(({ item }) => item.owner === mine)?.unread,
    )
    .toBe(false);
});

test("the inbox works from the keyboard", async ({ as, denied }) => {
  const item = await denied({ owner: owner() });
  const page = await as("Tech Lead");
  await page.goto("/escalations");
  await awake(page);
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
  await expect(entry(page, item.run_id)).toBeVisible();
  await page.keyboard.press("j");
  const first = page.getByRole("list", { name: "Notices" }).getByRole("listitem").first();
  await expect(first.getByRole("link").first()).toBeFocused();
  const unread = await first.getByText("Unread", { exact: true }).isVisible();
  await awake(page);
  await page.keyboard.press("m");
  await expect(first.getByText("Unread", { exact: true })).toHaveCount(unread ? 0 : 1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/escalations\/[0-9a-f-]{36}$/);
});

test("of which kinds one hears by e-mail is kept", async ({ as }) => {
  const page = await as("Stakeholder");
  await page.goto("/inbox");
  const box = page.getByRole("group", { name: "By e-mail too" }).getByRole("checkbox", { name: /^Consult/ });
  const before = await box.isChecked();
  await box.setChecked(!before);
  await expect(
    page.getByText(
      before
        ? "Consult notices are not sent to you by e-mail any more."
        : "Consult notices are sent to you by e-mail too.",
    ),
  ).toBeVisible();
  await page.reload();
  expect(await box.isChecked()).toBe(!before);
});

test("nobody marks the notice of somebody else", async ({ cockpit, denied, http }) => {
  const item = await denied({ owner: owner() });
  const inboxOf = async (role: "Tech Lead" | "Stakeholder") =>
    (
      (await (await (await http(role)).get("/api/inbox")).json()) as {
        rows: { id: string; item: { id: string }; unread: boolean }[];
      }
    ).rows.find((each) => each.item.id === item.id);
  const theirs = (await inboxOf("Tech Lead"))!;
  await callAction(await http("Stakeholder"), cockpit, "markRead", { id: theirs.id, read: true });
  expect((await inboxOf("Tech Lead"))!.unread).toBe(true);
  expect((await inboxOf("Stakeholder"))!.unread).toBe(true);
});

test("the inbox and the new item are accessible, and fit a telephone", async ({ as, denied }) => {
  // Six pages, each looked through.
  test.slow();
  await denied({ reason: "x".repeat(200), owner: `${"o".repeat(80)}:${"p".repeat(80)}` });
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    const page = await as("Operator", { viewport });
    for (const address of ["/inbox", "/inbox?show=all", "/escalations/new"]) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page, `${address} at ${viewport.width}`);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        `${address} at ${viewport.width}`,
      ).toBe(true);
    }
  }
});
