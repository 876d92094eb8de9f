/** People at their desks: who they are, what they have open, and when each page showed a row. */
import type { Account, Cockpit } from "@/e2e/support/cockpit";
import { signIn } from "@/e2e/support/sign-in";
import type { Chromium, Tab } from "./devtools";

/** Each person's open pages, in the order in which they were opened: all of them in sight, or the last one in front of the others. */
export type Desk = Tab[];

/** When a page drew the row of a run, by the run. */
type Drawn = Record<string, number>;

/** In the page: notes the frame that is the first to show a row. A hidden page has no frames; it draws when it is seen. Without named functions, which the compiler would wrap. */
function watchRows(): void {
  const drawn: Drawn = ((window as unknown as { drawn: Drawn }).drawn = {});
  const fresh = new Set<string>();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    for (const run of fresh) drawn[run] ??= Date.now();
    fresh.clear();
  };
  new MutationObserver((changes) => {
    const before = fresh.size;
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node instanceof Element)
          for (const row of node.querySelectorAll("a[data-row]")) if (row.textContent) fresh.add(row.textContent);
    // Heard once the frame's own work is done.
    if (!before && fresh.size) requestAnimationFrame(() => port2.postMessage(null));
  }).observe(document, { childList: true, subtree: true });
}

type Cookies = Awaited<ReturnType<Awaited<ReturnType<typeof signIn>>["storageState"]>>["cookies"];

export async function cookiesOf({ url }: Cockpit, account: Account): Promise<Cookies> {
  const session = await signIn(url, account);
  const { cookies } = await session.storageState();
  await session.dispose();
  return cookies;
}

/** What the page shows as its state of the live stream. */
const isLive = `[...document.querySelectorAll("[role=status]")].some((status) => status.textContent === "Live")`;

async function until(tab: Tab, holds: string): Promise<void> {
  await tab.evaluate(
    `new Promise((done) => { const look = () => (${holds}) ? done() : setTimeout(look, 100); look(); })`,
  );
}

/** Opens `address` `pages` times for a person, in a browser of their own. */
export async function sitDown(
  browser: Chromium,
  { url }: Cockpit,
  cookies: Cookies,
  { address, pages, inSight }: { address: string; pages: number; inSight: boolean },
): Promise<Desk> {
  const { browserContextId } = (await browser.send("Target.createBrowserContext")) as { browserContextId: string };
  await browser.send("Storage.setCookies", {
    browserContextId,
    cookies: cookies.map(({ name, value }) => ({ name, value, url })),
  });
  const desk: Desk = [];
  for (let made = 0; made < pages; made++) {
    const tab = await browser.openTab(browserContextId, {
      inWindowOfItsOwn: inSight || made === 0,
      atFirst: `(${watchRows.toString()})()`,
    });
    await tab.send("Page.navigate", { url: `${url}${address}` });
    await until(tab, isLive);
    desk.push(tab);
  }
  await verifySight(desk, inSight);
  return desk;
}

/** Throws when the browser shows what should be hidden, or hides what should be seen: the figures would be of something else. */
async function verifySight(desk: Desk, allInSight: boolean): Promise<void> {
  for (const [place, tab] of desk.entries()) {
    const wanted = allInSight || place === desk.length - 1 ? "visible" : "hidden";
    const state = await tab.evaluate<string>("document.visibilityState");
    if (state !== wanted)
      throw new Error(
        `Page ${place + 1} of ${desk.length} is ${state}, not ${wanted}: the whole Chromium is needed, not its headless shell.`,
      );
  }
}

export const drawnBy = (tab: Tab): Promise<Drawn> => tab.evaluate<Drawn>("window.drawn");

/** Brings a hidden page to the front; answers how many milliseconds later it shows the row of `run`. */
export async function timeToFront(tab: Tab, run: string): Promise<number> {
  const row = `window.drawn[${JSON.stringify(run)}]`;
  const before = Date.now();
  await tab.send("Page.bringToFront");
  await until(tab, `${row} && document.visibilityState === "visible"`);
  return Math.max(await tab.evaluate<number>(row), before) - before;
}
