import fs from "node:fs";
import path from "node:path";
import type { APIRequestContext, Page } from "@playwright/test";
import type { EpisodeActName, EpisodeDetail } from "@/lib/areas/drift/contract";
import { callAction } from "./support/actions";
import { live } from "./support/awake";
import type { Cockpit, Staffed } from "./support/cockpit";
import { query } from "./support/database";
import { somebody } from "./support/overrides";
import { expect, ownCockpit, test as base } from "./support/test";

/** In a cockpit of its own: of all lines there is one episode at a time, which other files of tests look at, too. */
const test = base.extend<object, { cockpit: Staffed }>({ cockpit: ownCockpit() });
test.slow();

const cause = "The provider closes its tags no more.";

const readEpisode = async (reader: APIRequestContext, id: string): Promise<EpisodeDetail> =>
  (await (await reader.get(`/api/drift/${id}`)).json()) as EpisodeDetail;

/** Acts without the page, on what is true now; answers the HTTP status. */
async function forge(by: APIRequestContext, cockpit: Cockpit, id: string, act: EpisodeActName): Promise<number> {
  const { version, shownHash } = await readEpisode(by, id);
  const decided = { decision: "remediate", evidence: [], days: null, lateCause: null };
  const input = { act, id, version, cause, note: "Tried without the page.", seenHash: shownHash, ...decided };
  return (await callAction(by, cockpit, "actOnEpisode", input, cockpit.url, `/drift/${id}`)).status();
}

/** The open episode of all lines, as the page of drift leads to it; answers its id. */
async function openEpisode(page: Page): Promise<string> {
  await page.goto("/drift");
  const detected = page.getByRole("listitem").filter({ hasText: "Detected: nobody works on it" });
  await detected.getByRole("link", { name: "drift: all providers" }).click();
  await expect(page).toHaveURL(/\/drift\/[0-9a-f-]{36}$/);
  await live(page);
  return page.url().split("/").at(-1)!;
}

/** One more output whose structure drifted, as thegent writes it. */
function drifts(cockpit: Cockpit, times: number): void {
  const line = {
    timestamp: new Date().toISOString(),
    event_type: "schema.drift.structural",
    run_id: "run_e2e",
    provider: "codex",
    contract: "csm-v1",
    confidence: 0.4,
    success: false,
    errors: ["Unclosed tag"],
  };
  const file = path.join(cockpit.sessionDir, "contract_telemetry.jsonl");
  fs.appendFileSync(file, `${JSON.stringify(line)}\n`.repeat(times));
}

const headOf = (page: Page) => page.getByRole("article").locator("header");

test("drift is accepted for a time by another person than who asked, on what both saw, and returns at its end as an episode that names it", async ({
  as,
  browser,
  cockpit,
  http,
}) => {
  const both = await somebody(browser, cockpit, "Bo Both", ["tech_lead", "product_owner"]);
  const { page } = both;
  const id = await openEpisode(page);
  const reader = await http("Stakeholder");

  const stakeholder = await as("Stakeholder");
  await stakeholder.goto(`/drift/${id}`);
  await expect(stakeholder.getByText("There is nothing for you to do here as things are.")).toBeVisible();
  await expect(stakeholder.getByRole("form")).toHaveCount(0);
  for (const act of ["investigate", "decide", "finish", "approve-waiver"] as const)
    expect(await forge(reader, cockpit, id, act), act).toBe(403);
  expect((await readEpisode(reader, id)).status).toBe("detected");

  await page.getByRole("button", { name: "Investigate" }).click();
  const decide = page.getByRole("form", { name: "Decide what is done" });
  await decide.getByRole("textbox", { name: "What caused it" }).fill(cause);
  await decide.getByRole("radio", { name: "Accept for a time" }).check();
  await decide.getByRole("textbox", { name: "For how many days" }).fill("3");
  await decide.getByRole("textbox", { name: "Note" }).fill("The provider mends it this week.");

  // What is known of it changes while the person writes: shown, and asked again.
  drifts(cockpit, 8);
  await expect(decide.getByText("The drift has changed since you began.")).toBeVisible();
  await expect(decide.getByText(/^Structural drift: about \d+ %, now about \d+ %$/)).toBeVisible();
  await decide.getByRole("button", { name: "Decide" }).click();
  await expect(decide.getByRole("alert").filter({ hasText: "decide again" })).toBeVisible();
  expect((await readEpisode(reader, id)).decision).toBeNull();
  await decide.getByRole("button", { name: "I have seen what is different" }).click();
  await expect(decide.getByRole("textbox", { name: "What caused it" })).toHaveValue(cause);
  await decide.getByRole("button", { name: "Decide" }).click();
  await expect(
    page.getByText("That it is accepted waits for the Product Owner’s approval; nothing is accepted until then."),
  ).toBeVisible();

  await page.reload();
  await expect(page.getByText("Who asked for it never approves it, whatever their roles.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Approve|Decline)$/ })).toHaveCount(0);
  expect(await forge(both.http, cockpit, id, "approve-waiver")).toBe(403);
  expect(await readEpisode(reader, id)).toMatchObject({ status: "investigating", asks: "accept", answer: null });

  const owner = await as("Product Owner");
  await owner.goto(`/drift/${id}`);
  await owner.getByRole("form", { name: "Approve that it is accepted" }).getByRole("textbox").fill("For this week.");
  await owner.getByRole("button", { name: "Approve" }).click();
  await expect(headOf(owner)).toContainText("Accepted for a time");
  await expect(stakeholder.getByText("Approved by Paula Owner")).toBeVisible();
  const { acceptedUntil, answeredAt } = await readEpisode(reader, id);
  expect(Date.parse(acceptedUntil!) - Date.parse(answeredAt!)).toBe(3 * 86_400_000);

  await query(
    cockpit.dataDir,
    `UPDATE "DriftEpisode" SET "acceptedUntil" = now() - interval '1 second' WHERE "id" = $1`,
    [id],
  );
  drifts(cockpit, 1);
  await owner.getByRole("definition").getByRole("link", { name: "Detected: nobody works on it" }).click();
  await expect(owner).not.toHaveURL(new RegExp(`${id}$`));
  await expect(owner.getByRole("link", { name: "Accepted for a time" })).toHaveAttribute("href", `/drift/${id}`);
  await expect(owner.getByRole("heading", { name: "What moved since that was decided" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Timeline" })).toContainText("the drift is still found");
  await both.close();
});

test("an episode of the sample: investigated, a change of the adapter asked for on evidence, approved, and remediated", async ({
  as,
  cockpit,
  http,
  complaints,
}) => {
  complaints.expect(/422/);
  const lead = await as("Tech Lead");
  const id = await openEpisode(lead);
  await lead.getByRole("link", { name: "Its item" }).click();
  await lead.getByRole("link", { name: "As an episode of drift" }).click();
  await expect(lead).toHaveURL(new RegExp(`/drift/${id}$`));
  await lead.getByRole("button", { name: "Investigate" }).click();
  const decide = lead.getByRole("form", { name: "Decide what is done" });
  await decide.getByRole("textbox", { name: "What caused it" }).fill(cause);
  await decide.getByRole("radio", { name: "Adapter change required" }).check();
  const evidence = decide.getByRole("textbox", { name: "Evidence, by line" });
  await evidence.fill("999999");
  await decide.getByRole("textbox", { name: "Note" }).fill("The parser cannot take both forms.");
  await decide.getByRole("button", { name: "Decide" }).click();
  await expect(decide.getByText(/No event of contract_telemetry\.jsonl stands on line/).first()).toBeVisible();
  await evidence.fill("1, 2");
  await decide.getByRole("button", { name: "Decide" }).click();
  await expect(lead.getByText("The change of the adapter waits for the Product Owner.")).toBeVisible();
  await expect(lead.getByText("Product Owner can do this; Tech Lead is")).toBeVisible();
  expect(await forge(await http("Tech Lead"), cockpit, id, "approve-change")).toBe(403);

  const owner = await as("Product Owner");
  await owner.goto("/inbox");
  await owner
    .getByRole("listitem")
    .filter({ hasText: "A change of an adapter was asked for: you are asked to decide it" })
    .filter({ hasText: "drift: all providers" })
    .first()
    .getByRole("link", { name: /^A change of an adapter was asked for/ })
    .click();
  await owner.getByRole("link", { name: "As an episode of drift" }).click();
  const approve = owner.getByRole("form", { name: "Approve the change of the adapter" });
  await approve.getByRole("textbox", { name: "Reason" }).fill("Both forms are to be read.");
  await approve.getByRole("button", { name: "Approve" }).click();
  await expect(owner.getByText("Approved by Paula Owner")).toBeVisible();

  const finish = lead.getByRole("form", { name: "Finish the remediation" });
  await lead.getByRole("tab", { name: "Finish" }).click();
  await finish.getByRole("textbox", { name: "What was done" }).fill("The parser takes both forms.");
  await finish.getByRole("button", { name: "The remediation is done" }).click();
  await expect(headOf(owner)).toContainText("Remediated");
  expect(await readEpisode(await http("Stakeholder"), id)).toMatchObject({
    status: "remediated",
    decision: "adapter_change",
    cause,
    evidence: [{ line: 1 }, { line: 2 }],
    answer: "approved",
  });
});
