import { expect, type Page } from "@playwright/test";

/** News arrive by themselves. */
export const live = (page: Page): Promise<void> => expect(page.getByText("Live", { exact: true })).toBeVisible();

/** The same, and the keys that act are awake: they sleep for a second after the page was opened. Only for who presses one. */
export async function awake(page: Page): Promise<void> {
  await live(page);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1100)));
}
