import { request, type Browser, type Page } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { callAction } from "./support/actions";
import { addPerson } from "./support/people";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const line = (page: Page, role: string) =>
  page.getByRole("dialog", { name: "Who is on duty" }).getByRole("listitem", { name: role });
const open = (page: Page) => page.getByRole("button", { name: /On duty as|Off duty/ }).click();

/** Two people more who hold one role. */
async function colleagues(
  browser: Browser,
  cockpit: { url: string; dataDir: string },
): Promise<{ ines: Page; jonas: Page; close: () => Promise<void> }> {
  const pages = await Promise.all(
    [
      ["Ines Duty", "ines"],
      ["Jonas Duty", "jonas"],
    ].map(async ([name, nick]) => {
      const account = addPerson(cockpit.dataDir, {
        name: name!,
        email: `${nick}@duty.example`,
        roles: ["stakeholder"],
      });
      const session = await signIn(cockpit.url, account);
      const context = await browser.newContext({ baseURL: cockpit.url, storageState: await session.storageState() });
      await session.dispose();
      return context.newPage();
    }),
  );
  return {
    ines: pages[0]!,
    jonas: pages[1]!,
    close: async () => void (await Promise.all(pages.map((page) => page.context().close()))),
  };
}

test("one goes on duty, a colleague takes over, and of two at once one is told who was faster", async ({
  browser,
  cockpit,
}) => {
  // Two people are added on the command line first, a start of the program each.
  test.slow();
  const { ines, jonas, close } = await colleagues(browser, cockpit);
  for (const page of [ines, jonas]) {
    await page.goto("/inbox");
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Off duty" })).toBeVisible();
    await open(page);
  }
  // Of roles that are not theirs nothing is offered.
  await expect(line(ines, "Operator").getByRole("button")).toHaveCount(0);

  // Neither request leaves before both have pressed, so that neither page has heard of the other.
  let left = 2;
  let letBothGo = () => {};
  const bothPressed = new Promise<void>((resolve) => (letBothGo = resolve));
  for (const page of [ines, jonas]) {
    await page.route("**/inbox", async (route) => {
      if (route.request().method() === "POST" && --left === 0) letBothGo();
      if (route.request().method() === "POST") await bothPressed;
      await route.continue();
    });
  }
  await Promise.all(
    [ines, jonas].map((page) =>
      line(page, "Stakeholder").getByRole("button", { name: "Go on duty as Stakeholder" }).click(),
    ),
  );
  await expect(line(ines, "Stakeholder")).toContainText(/(Ines|Jonas) Duty.*since/);
  const first = (await line(ines, "Stakeholder").textContent())!.includes("Ines Duty (you)")
    ? { winner: ines, other: jonas, name: "Ines Duty" }
    : { winner: jonas, other: ines, name: "Jonas Duty" };
  await expect(first.other.getByRole("dialog").getByRole("alert")).toContainText(
    `${first.name} is on duty as Stakeholder by now.`,
  );
  for (const page of [ines, jonas]) await page.unroute("**/inbox");

  await expect(line(first.other, "Stakeholder")).toContainText(`${first.name} goes off duty`);
  await line(first.other, "Stakeholder")
    .getByRole("button", { name: `Take over from ${first.name}` })
    .click();
  await expect(line(first.other, "Stakeholder")).toContainText("(you)");
  await first.other.getByRole("button", { name: "Close" }).click();
  await expect(first.other.getByRole("button", { name: "On duty as Stakeholder" })).toBeFocused();
  // The one who was on duty sees it without a reload.
  await expect(line(first.winner, "Stakeholder").getByRole("button", { name: /^Take over from/ })).toBeVisible();
  await first.winner.getByRole("button", { name: "Close" }).click();
  await expect(first.winner.getByRole("button", { name: "Off duty" })).toBeVisible();

  await open(first.other);
  await line(first.other, "Stakeholder").getByRole("button", { name: "Go off duty" }).click();
  await expect(line(first.other, "Stakeholder")).toContainText("nobody is on duty");
  await close();
});

test("nobody goes on duty as a role they do not hold, and a stranger not at all", async ({ cockpit, http }) => {
  const refused = await callAction(await http("Stakeholder"), cockpit, "takeDuty", { role: "security", from: null });
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain("Only who holds the role goes on or off duty");
  const stranger = await request.newContext({ baseURL: cockpit.url });
  expect((await callAction(stranger, cockpit, "takeDuty", { role: "stakeholder", from: null })).status()).toBe(401);
  await stranger.dispose();
});

test("the list of duties is accessible and fits a telephone", async ({ as }) => {
  const page = await as("Tech Lead", { viewport: { width: 390, height: 844 } });
  await page.goto("/inbox");
  await open(page);
  await expect(line(page, "Tech Lead")).toBeVisible();
  await expectAccessible(page, "the list of duties");
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
