import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./test";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** In another colour scheme a page is the same in other colours: only these can then be broken. */
const ofColours = ["color-contrast", "link-in-text-block"];

/** Further rows and entries of a list are made like its first ten; to look at the contrast of each takes half a minute. */
const alike = ["tbody tr:nth-child(n+11)", "li:nth-child(n+11)"];

/**
 * The page, as it stands, breaks no rule of WCAG 2.2 AA that a program can check, in light and in dark colours. `where` names it in the
 * failure; `within` is the accessible name of the part that is looked at, where that lies over the others.
 */
export async function expectAccessible(page: Page, where: string, within?: string): Promise<void> {
  const wrong: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Legacy mode looks into no frames of other sites, of which there are none, and is twice as fast.
    const axe = alike.reduce(
      (builder, selector) => builder.exclude(selector),
      // Of what is in order nothing is told: that is half of the work.
      new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] }),
    );
    if (within) axe.include(`[aria-label="${within}"]`);
    const { violations } = await (
      colorScheme === "dark" ? axe.withRules(ofColours) : axe.withTags(standards)
    ).analyze();
    wrong.push(
      ...violations.map(
        ({ id, nodes }) =>
          `${where}, ${colorScheme}: ${id}: ${nodes.map(({ html }) => html.slice(0, 400)).join(" | ")}`,
      ),
    );
  }
  await page.emulateMedia({ colorScheme: "light" });
  expect(wrong).toEqual([]);
}
