import fs from "node:fs";
import path from "node:path";
import { live } from "./support/awake";
import { expect, test } from "./support/test";

test("the sample's drift is over its budget: the page says what that blocks, what would lift it, and how it moved", async ({
  as,
}) => {
  const page = await as("Stakeholder");
  await page.goto("/drift?days=30");
  await expect(page.getByRole("heading", { level: 1, name: "Drift" })).toBeVisible();
  await expect(
    page.getByText(/^The critical lane is blocked: structural drift is at .* would open it again\.$/),
  ).toBeVisible();
  await expect(page.getByRole("meter", { name: "Structural drift" })).toBeVisible();
  await expect(page.getByRole("img", { name: /Structural and semantic drift over time/ })).toBeVisible();
  await page.getByRole("link", { name: "Day", exact: true }).click();
  await expect(page).toHaveURL(/days=1$/);
  await expect(page.getByRole("link", { name: "Day", exact: true })).toHaveAttribute("aria-current", "page");
});

test("a new line of telemetry is counted on the open page, and drawn in the table", async ({ as, cockpit }) => {
  const page = await as("Tech Lead");
  await page.goto("/drift?days=1");
  await live(page);
  const provider = `provider-${Date.now().toString(36)}`;
  const line = {
    timestamp: new Date().toISOString(),
    event_type: "normalization",
    run_id: "run_e2e",
    provider,
    contract: "csm-v1",
    confidence: 0.9,
    success: true,
    errors: [],
  };
  fs.appendFileSync(path.join(cockpit.sessionDir, "contract_telemetry.jsonl"), `${JSON.stringify(line)}\n`);
  await expect(page.getByRole("cell", { name: provider })).toBeVisible();
});

test("an episode of the sample is opened by itself; the Tech Lead investigates, and a change of the adapter is the Product Owner's at once", async ({
  as,
}) => {
  const owner = await as("Product Owner");
  await owner.goto("/inbox");
  await live(owner);

  const page = await as("Tech Lead");
  await page.goto("/drift");
  const episode = page.getByRole("listitem").filter({ hasText: "drift: all providers" });
  await expect(episode).toContainText("Detected: nobody works on it");
  await episode.getByRole("link", { name: "drift: all providers" }).click();
  await expect(page).toHaveURL(/\/drift\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("drift: all providers");
  await expect(page.getByText(/^structural drift .* % of at most .* %$/i)).toBeVisible();
  await page.getByRole("button", { name: "Investigate" }).click();
  const form = page.getByRole("form", { name: "Decide what is done" });
  await form.getByRole("textbox", { name: "What caused it" }).fill("The provider closes its tags no more.");
  await form.getByRole("radio", { name: "Adapter change required" }).check();
  await form.getByRole("textbox", { name: "Note" }).fill("The parser cannot take both forms.");
  await form.getByRole("button", { name: "Decide" }).click();
  await expect(page.getByRole("list", { name: "Timeline" })).toContainText("The provider closes its tags no more.");
  await expect(
    owner.getByRole("listitem").filter({ hasText: "drift: all providers" }).filter({ hasText: "Escalated to level 2" }),
  ).toContainText("you are asked to act as Product Owner (A)");
  await expect(
    owner
      .getByRole("listitem")
      .filter({ hasText: "drift: all providers" })
      .filter({ hasText: "A change of an adapter was asked for" }),
  ).toContainText("you are asked to decide it as Product Owner (A)");

  await page.goto("/drift");
  await expect(episode).toContainText("Remediating");
  await expect(episode).toContainText("adapter change required");
  const stakeholder = await as("Stakeholder");
  await stakeholder.goto("/drift");
  await stakeholder.getByRole("link", { name: "drift: all providers" }).click();
  await expect(stakeholder.getByRole("heading", { level: 1 })).toHaveText("drift: all providers");
  await expect(stakeholder.getByText("There is nothing for you to do here as things are.")).toBeVisible();
  await expect(stakeholder.getByRole("form")).toHaveCount(0);
});
