// @ts-check
/** Whether people reach the cockpit where COCKPIT_URL says; the other half is lib/kernel/act/address-seen.ts, which health asks. */

const hourMs = 3_600_000;

/** On globalThis: server and bundled application are two module graphs in one process. */
const holder = /** @type {{ cockpitOtherAddress?: { address: string, at: number } }} */ (
  /** @type {unknown} */ (globalThis)
);

/**
 * Keeps that requests came by way of another address (null: by the right one), and says so in the log, once an hour for each in turn.
 * @param {string | null} address
 * @param {string} url COCKPIT_URL
 * @param {(line: string) => void} say
 */
export function noteAddress(address, url, now = Date.now(), say = console.warn) {
  if (address === null) return;
  const before = holder.cockpitOtherAddress;
  if (before?.address !== address || now - before.at > hourMs)
    say(
      `Requests come by way of ${address.slice(0, 100)}, but COCKPIT_URL is ${url}: acts from there are refused. Correct what the proxy sends, or COCKPIT_URL.`,
    );
  holder.cockpitOtherAddress = { address, at: now };
}
