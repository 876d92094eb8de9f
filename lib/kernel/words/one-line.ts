/** Characters nobody sees but which turn text round, hide it or join it: bidi controls, zero-width spaces, soft hyphens, tags. */
const unseen = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;

/** Whatever could begin a new line or a new header: C0 and C1 controls, line and paragraph separators, and runs of spaces. */
const gaps = /[\p{Cc}\s]+/gu;

/**
 * Text from outside as one line that shows all it holds: no line breaks, control or invisible characters; half characters become "\uFFFD".
 * At most `limit` characters (code points); what was cut is marked by "…".
 */
export function oneLine(text: string, limit: number): string {
  // Far more than can be shown is not looked at: a reason may have megabytes.
  const near = text.slice(0, limit * 20);
  const line = near
    .replace(unseen, "")
    .replace(gaps, " ")
    .replace(/\p{Cs}/gu, "\uFFFD")
    .trim();
  const characters = Array.from(line);
  const whole = characters.length <= limit && near.length === text.length;
  return whole ? line : `${characters.slice(0, limit - 1).join("")}…`;
}
