import { awake } from "./support/awake";
import { recordsOf } from "./support/queue-file";
import { expect, test } from "./support/test";

test("the Operator works the queue without a mouse", async ({ as, cockpit, denied }) => {
  const owner = "keys:only";
  const [older, newer] = [await denied({ owner, minutesLeft: 20 }), await denied({ owner, minutesLeft: 25 })];
  const page = await as("Operator");
  await page.goto("/escalations");
  await awake(page);

  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Path" })).toBeFocused();
  await page.goto(`/escalations?owner=${encodeURIComponent(owner)}`);
  await awake(page);

  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: older.run_id })).toBeFocused();
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: newer.run_id })).toBeFocused();
  await page.keyboard.press("k");
  await expect(page.getByRole("link", { name: older.run_id })).toBeFocused();
  await page.keyboard.press("c");
  await expect(page.getByRole("row").filter({ hasText: older.run_id }).getByText("You")).toBeVisible();
  await page.keyboard.press("r");

  await expect(page.getByRole("radio", { name: "unblocked" })).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "Note" })).toBeFocused();
  await page.keyboard.type("Done from the keyboard.");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Resolve" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("group", { name: "Receipt" })).toContainText("Taken up by thegent");
  expect(recordsOf(cockpit.sessionDir, older.run_id)).toMatchObject([{ status: "resolved" }]);

  await expect(page.getByRole("button", { name: "Release" })).toHaveCount(0);
  await awake(page);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await expect(page).toHaveURL(/\/escalations$/);
});
