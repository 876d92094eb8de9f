import { addressOf, type Bundle, type Told } from "@/lib/kernel/notice/channel";
import { oneLine } from "@/lib/kernel/words/one-line";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { toldItems } from "./told-items";

/** Receivers commonly refuse bodies past 1 MB; a person who is told so much at once looks into the inbox anyway. */
export const payloadBytes = 256 * 1024;
const textLimit = 500;

/**
 * The body of a delivery: JSON, at most 256 kB. `told` has one entry per notice, in the order of what is most urgent; the ones that do not
 * fit are counted in `omitted`. `heldSince`: it was held back since then, because another delivery had just left. Instants are ISO 8601 in UTC. Text from outside is one line without control characters, at most 500
 * characters, but not escaped for anything: who shows it as HTML or Markdown escapes it there.
 */
export function webhookPayload(bundle: Bundle, url: string): string {
  const entries = byUrgency(bundle.told).map((told) => entryOf(told, url));
  const { id, name, email } = bundle.person;
  const frame = {
    version: 1,
    delivery: bundle.id,
    at: bundle.at.toISOString(),
    heldSince: bundle.heldSince?.toISOString() ?? null,
    person: { id, name: oneLine(name, textLimit), email: oneLine(email, textLimit) },
    inbox: `${url}/inbox`,
  };
  const fits = countThatFit(
    entries,
    payloadBytes - Buffer.byteLength(JSON.stringify({ ...frame, omitted: entries.length, told: [] })),
  );
  return JSON.stringify({ ...frame, omitted: entries.length - fits, told: entries.slice(0, fits) });
}

function entryOf({ noticeId, kind, says, at, item }: Told, url: string) {
  return {
    noticeId,
    kind,
    says: oneLine(says, textLimit),
    at: at.toISOString(),
    item: {
      kind: item.kind,
      id: item.id,
      subject: oneLine(visibleText(item.subject), textLimit),
      reason: oneLine(item.reason, textLimit),
      owner: item.owner === null ? null : oneLine(visibleText(item.owner), textLimit),
      dueAt: item.dueAt?.toISOString() ?? null,
      url: addressOf(item, url),
    },
  };
}

function byUrgency(told: Bundle["told"]): Told[] {
  const place = new Map(toldItems(told).map(({ item }, index) => [item.id, index]));
  return [...told].sort((a, b) => place.get(a.item.id)! - place.get(b.item.id)! || b.at.getTime() - a.at.getTime());
}

/** How many of the entries, from the first, have room together as JSON, each with its comma. */
function countThatFit(entries: readonly object[], bytes: number): number {
  let left = bytes;
  const first = entries.findIndex((entry) => (left -= Buffer.byteLength(JSON.stringify(entry)) + 1) < 0);
  return first === -1 ? entries.length : first;
}
