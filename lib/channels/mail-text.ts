import { addressOf, type Bundle, type ToldAbout, type ToldKind } from "@/lib/kernel/notice/channel";
import { sayCountdown } from "@/lib/kernel/words/clocks";
import { sayExact } from "@/lib/kernel/words/instants";
import { oneLine } from "@/lib/kernel/words/one-line";
import { sayCount, sayMany } from "@/lib/kernel/words/quantities";
import { visibleText } from "@/lib/kernel/words/visible-text";
import { toldItems, type ToldItem } from "./told-items";

/** Mail programs show about 70 characters of a subject; what lies past 150 is noise. */
const subjectLimit = 150;
const itemLimit = 50;
const sentenceLimit = 3;
const limits = { name: 80, sentence: 300, reason: 300, owner: 80 };

const asked: Readonly<Record<ToldKind, string>> = {
  action: "for you to act on",
  consult: "for your advice",
  informed: "for you to know",
};

/** "Past SLA: run_x, for you to act on", "3 items need you; first: run_x (past SLA)". One line, at most 150 characters. */
export function mailSubject({ told, at, heldSince }: Bundle): string {
  const items = toldItems(told);
  const [first] = items;
  if (!first) return "Nothing to tell";
  const name = nameOf(first.item);
  const stands = sayStanding(first, at);
  if (items.length > 1)
    return oneLine(`${sayCounts(items, heldSince !== null)}; first: ${name}${stands && ` (${stands})`}`, subjectLimit);
  return oneLine(`${stands && `${capitalised(stands)}: `}${name}, ${asked[first.kind]}`, subjectLimit);
}

/**
 * Plain text; every line of it begins with words of ours, so that text from outside cannot pass for a line of the cockpit's.
 * `url` is where people reach the cockpit, without a slash at the end.
 */
export function mailBody(bundle: Bundle, url: string): string {
  const items = toldItems(bundle.told);
  const more = items.length - itemLimit;
  return [
    `${sayCounts(items, bundle.heldSince !== null)}, as of ${sayInstant(bundle.at)}.${sayHeld(bundle.heldSince)}`,
    ...items.slice(0, itemLimit).map((entry, index) => sayItem(entry, index + 1, bundle.at, url)),
    ...(more > 0 ? [`And ${sayCount(more)} more: ${url}/inbox`] : []),
    `This was sent to ${oneLine(bundle.person.name, limits.name)} by the thegent cockpit.\nAll of your notices: ${url}/inbox\n`,
  ].join("\n\n");
}

function sayItem({ item, kind, says }: ToldItem, number: number, at: Date, url: string): string {
  const earlier = says.length - sentenceLimit;
  return [
    `${number}. ${nameOf(item)}, ${asked[kind]}`,
    ...says
      .slice(0, sentenceLimit)
      .map(
        ({ sentence, times }) =>
          `   What: ${oneLine(sentence, limits.sentence)}${times > 1 ? ` (${times} times)` : ""}`,
      ),
    ...(earlier > 0 ? [`   And ${sayMany(earlier, "earlier notice")} about it.`] : []),
    `   When: ${item.dueAt ? sayWhen(item.due, item.dueAt, at) : "no deadline"}`,
    `   Why: ${oneLine(item.reason, limits.reason) || "no reason given"}`,
    `   Owner: ${oneLine(visibleText(item.owner ?? ""), limits.owner) || "nobody"}`,
    `   Open: ${addressOf(item, url)}`,
  ].join("\n");
}

/** An override's subject is only its owner. */
const nameOf = ({ kind, subject }: ToldAbout): string =>
  `${kind === "override" ? "Override for " : ""}${oneLine(visibleText(subject), limits.name)}`;

const sayHeld = (since: Date | null): string =>
  since ? ` Held back since ${sayInstant(since)}, as another mail had just left; what is urgent never is.` : "";

/** "2 items need you, 1 item asks for your advice, 4 items to know about"; `more`: than there were in the last mail. */
function sayCounts(items: readonly ToldItem[], more: boolean): string {
  const of = (kind: ToldKind) => items.filter((entry) => entry.kind === kind).length;
  const say = (count: number, one: string, many: string) =>
    count ? [`${sayMany(count, more ? "more item" : "item")} ${count === 1 ? one : many}`] : [];
  return [
    ...say(of("action"), "needs you", "need you"),
    ...say(of("consult"), "asks for your advice", "ask for your advice"),
    ...say(of("informed"), "to know about", "to know about"),
  ].join(", ");
}

/** What is due, before and after its instant. */
const dues: Readonly<Record<ToldAbout["due"], { ahead: string; past: string }>> = {
  sla: { ahead: "due", past: "past SLA" },
  decision: { ahead: "to be decided by", past: "past its deadline" },
  end: { ahead: "ends", past: "over" },
};

/** At its instant nothing is past yet. */
const isPast = (dueAt: Date, at: Date): boolean => at.getTime() > dueAt.getTime();

/** A subject is read later than it was written, so it tells the instant, not what was left. */
function sayStanding({ item: { dueAt, due } }: ToldItem, at: Date): string {
  if (!dueAt) return "";
  return isPast(dueAt, at) ? dues[due].past : `${dues[due].ahead} ${sayInstant(dueAt)}`;
}

function sayWhen(due: ToldAbout["due"], dueAt: Date, at: Date): string {
  const left = sayCountdown(dueAt.getTime(), at.getTime());
  return `${due === "sla" || !isPast(dueAt, at) ? left : capitalised(dues[due].past)}, ${dues[due].ahead} ${sayInstant(dueAt)}`;
}

const sayInstant = (instant: Date): string => sayExact(instant.toISOString(), "UTC");
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
