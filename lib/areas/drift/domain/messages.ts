import { nameUnkept } from "@/lib/kernel/words/text";
import type { Told } from "@/lib/thegent/records/telemetry-event";

/** A kind is a row to read; what is longer differs in nothing that matters. */
const longest = 160;

/**
 * What differs from one message to the next and is none of its kind: what is quoted, numbers, ids that mix letters with digits, and places of files.
 * Each becomes a sign that stands for any.
 */
const varying: readonly (readonly [RegExp, string])[] = [
  [/"[^"]*"/g, '"…"'],
  [/(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}])/gu, "'…'"],
  [/`[^`]*`/g, "`…`"],
  [/(?<![\p{L}\p{N}<.])(?:\/[\w.@-]+){2,}\/?/gu, "/…"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "#"],
  [/(?<=\b[a-z]+_)(?=[0-9a-f]*\d)[0-9a-f]{6,}\b/gi, "#"],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{6,}\b/gi, "#"],
  [/(?<![\p{L}\p{N}_-])[+-]?\d+(?:[.,:]\d+)*(?:e[+-]?\d+)?(?![\p{L}\p{N}_])/giu, "#"],
];

/** What kind of message it is: the same for messages that differ in nothing but a number, a quoted word, an id or a place. */
export function messageKind(message: string): string {
  const oneLine = message.replace(/\s+/g, " ").trim();
  const kind = varying.reduce((text, [pattern, sign]) => text.replace(pattern, sign), oneLine);
  const characters = [...kind];
  const cut = characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : kind;
  return nameUnkept(cut) || "(an empty message)";
}

/** The kinds of a line's messages, each once. */
export const kindsOf = ({ messages }: Pick<Told, "messages">): readonly string[] => [
  ...new Set(messages.map(messageKind)),
];
