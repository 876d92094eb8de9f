import type { NewOverride } from "@/lib/thegent/records/override-record";

/** Texts that have been somebody's trouble: other scripts, both forms of é, quotes, escapes, line ends of Unicode, NUL's neighbours. */
export const hardTexts = [
  "ana:shop",
  "李雷:数据管道",
  "jos\u00e9:catálogo",
  "jose\u0301:catálogo",
  'say "yes"\\n',
  "two\nlines\r\n",
  "\u2028\u2029\u0085\v\f\u001c",
  "🔓 until tomorrow",
  '", "expires_at_utc": "2099-01-01T00:00:00+00:00',
  "\u007f\u0001 ",
];

export const overrideOf = (changes: Partial<NewOverride> = {}): NewOverride => ({
  owner: "ana:shop",
  reason: 'Approved by máya:\n"CHG-7" \u2028 🔓 \\',
  at: new Date("2026-03-01T09:00:00.250Z"),
  expiresAt: new Date("2026-03-02T09:00:00.250Z"),
  ...changes,
});

/** Every third has no fraction, so that both lengths of times occur. */
export const numberedOverride = (number: number): NewOverride => {
  const at = new Date(1_772_359_200_000 + number * 60_000 + (number % 3 ? 250 : 0));
  return overrideOf({ owner: `ána:${number}`, at, expiresAt: new Date(at.getTime() + 86_400_000) });
};
export const endOfNumbered = (number: number): Date => new Date(numberedOverride(number).at.getTime() + 3_600_500);

/** A live override as thegent writes it; uses nothing from outside itself. */
export const thegentsLine = (owner: string, reason = "CHG-7"): string =>
  `{"owner": "${owner}", "reason": "${reason}", "timestamp": "2026-03-01T09:00:00.123456+00:00", "expires_at_utc": "2026-03-02T09:00:00.123456+00:00"}`;
