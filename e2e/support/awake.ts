import { expect, type Page } from "@playwright/test";

/** News arrive by themselves, and the keys that act are awake: they sleep for a second after the page was opened. */
export async function awake(page: Page): Promise<void> {
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1100)));
}
