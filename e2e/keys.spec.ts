import type { Page } from "@playwright/test";
import { awake } from "./support/awake";
import { expect, test } from "./support/test";

const of = (owner: string) => `/escalations?owner=${encodeURIComponent(owner)}`;
const row = (page: Page, runId: string) => page.getByRole("row").filter({ hasText: runId });
const words = "critical customer demo needs it";

test("whoever presses o on a row and types on has the words in the form, and nothing else happened", async ({
  as,
  denied,
  http,
}) => {
  const item = await denied({ owner: "keys:typed" });
  const page = await as("Operator");
  await page.goto(of("keys:typed"));
  await awake(page);
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: item.run_id })).toBeFocused();
  await page.keyboard.press("o");
  await page.keyboard.type(words);

  const field = page.getByRole("form", { name: "Ask for an override" }).getByRole("textbox", { name: "Justification" });
  await expect(field).toHaveValue(words);
  await expect(field).toBeFocused();
  await page.keyboard.type(", tomorrow");
  await expect(field).toHaveValue(`${words}, tomorrow`);
  expect(await (await (await http("Operator")).get(`/api/escalations/${item.id}`)).json()).toMatchObject({
    status: "open",
    claimedBy: null,
    version: item.version,
  });
  await expect(page.getByRole("tab", { name: "Override…" })).toHaveAttribute("aria-selected", "true");
});

test("a form opened by its address has its first field, and keys do nothing while it holds text", async ({
  as,
  denied,
  http,
}) => {
  const item = await denied({ owner: "keys:linked" });
  const page = await as("Operator");
  for (const [hash, name] of [
    ["override", "Justification"],
    ["comment", "Comment"],
    ["cancel", "Why it is cancelled"],
  ] as const) {
    await page.goto(`/escalations/${item.id}#${hash}`);
    await expect(page.getByRole("textbox", { name }), hash).toBeFocused();
    await page.goto("about:blank");
  }
  await page.goto(`/escalations/${item.id}#comment`);
  await page.getByRole("textbox", { name: "Comment" }).fill("half a");
  await awake(page);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.type("critical");
  await expect(page.getByText("Keys that act are off while a form on this page holds text.")).toBeVisible();
  await expect(page.getByRole("tab", { name: "Comment" })).toHaveAttribute("aria-selected", "true");
  expect(await (await (await http("Operator")).get(`/api/escalations/${item.id}`)).json()).toMatchObject({
    status: "open",
    claimedBy: null,
    version: item.version,
  });
});

test("after a second, with no words in a form, the keys work; a claim is taken back at once", async ({
  as,
  denied,
}) => {
  const item = await denied({ owner: "keys:work" });
  const page = await as("Operator");
  await page.goto(of("keys:work"));
  await awake(page);
  await page.keyboard.press("j");
  await page.keyboard.press("c");
  await expect(row(page, item.run_id)).toContainText("You");
  await page.getByRole("button", { name: "Release" }).click();
  await expect(row(page, item.run_id)).not.toContainText("You");

  await page.getByRole("link", { name: item.run_id }).focus();
  await page.keyboard.press("o");
  await expect(page.getByRole("textbox", { name: "Justification" })).toBeFocused();
  await awake(page);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("c");
  await expect(page.getByRole("button", { name: "Keep the claim" })).toBeVisible();
  await page.keyboard.press("u");
  await expect(page.getByRole("button", { name: "Claim", exact: true })).toBeVisible();
});

test("a page that was opened this moment takes no key for an act", async ({ as, denied, http }) => {
  const item = await denied({ owner: "keys:asleep" });
  const page = await as("Operator");
  await page.goto(of("keys:asleep"));
  await awake(page);
  await page.getByRole("link", { name: item.run_id }).click();
  await page.keyboard.press("c");
  await expect(page.getByRole("button", { name: "Claim", exact: true })).toBeVisible();
  await page.keyboard.press("c");
  await awake(page);
  expect(await (await (await http("Operator")).get(`/api/escalations/${item.id}`)).json()).toMatchObject({
    claimedBy: null,
  });
});
