import { expectAccessible } from "./support/accessible";
import { live } from "./support/awake";
import { expect, test } from "./support/test";

test("the Operator sweeps by hand and sees what each part found, with its age; a Stakeholder sees the same, and is told whose it is", async ({
  as,
  complaints,
}) => {
  // Asked again too soon, in the end.
  complaints.expect(/429/);
  const stakeholder = await as("Stakeholder");
  await stakeholder.goto("/drift");
  await live(stakeholder);
  await expect(stakeholder.getByText(/Tech Lead or Operator can do this/)).toBeVisible();
  await expect(stakeholder.getByRole("button", { name: "Sweep now" })).toHaveCount(0);

  const page = await as("Operator");
  await page.goto("/drift");
  await live(page);
  await page.getByRole("button", { name: "Sweep now" }).click();
  for (const reader of [page, stakeholder]) {
    await expect(reader.getByText("by Olga Operator").first()).toBeVisible();
    await expect(reader.getByText("Something was found").first()).toBeVisible();
    await expect(reader.getByText(/^Drift budget exceeded: structural/).first()).toBeVisible();
    await expect(reader.getByText(/^483 records of the run registry, whole\.$/)).toBeVisible();
    await expect(reader.getByText(/(just now|\d+s ago)/).first()).toBeVisible();
  }
  await expect(page.getByRole("button", { name: "Sweep now" })).not.toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page, "/drift");

  await page.getByRole("button", { name: "Sweep now" }).click();
  await expect(page.getByText(/has only just ended; its result stands/)).toBeVisible();
});
