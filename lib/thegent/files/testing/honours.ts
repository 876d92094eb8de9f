/**
 * What thegent honours, for the tests: FORMATS §4 read anew, with nothing of lib/thegent in it. Any line with exactly this owner whose
 * expires_at_utc is after now; what cannot be read is passed over, as is a time without an offset. Knows the forms of dates with month and
 * day, not week dates. Microseconds since the epoch, because thegent's clock counts them.
 */
export function honours(content: Buffer, owner: string, nowMicros: bigint): boolean {
  return content
    .toString("utf8")
    .split(/\r\n|\n|\r/)
    .some((line) => {
      const record = objectIn(line);
      const expiry = record?.["owner"] === owner ? record["expires_at_utc"] : undefined;
      const micros = typeof expiry === "string" ? microsOf(expiry) : null;
      return micros !== null && nowMicros < micros;
    });
}

export const microsAt = (at: Date): bigint => BigInt(at.getTime()) * 1000n;

function objectIn(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line.trim());
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

const form =
  /^(\d{4})-?(\d\d)-?(\d\d)[^](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)$/u;

function microsOf(text: string): bigint | null {
  const match = form.exec(text);
  if (!match) return null;
  const part = (index: number) => Number(match[index] ?? 0);
  const wall = new Date(Date.UTC(part(1), part(2) - 1, part(3), part(4), part(5), part(6)));
  const isReal =
    wall.getUTCMonth() === part(2) - 1 && wall.getUTCDate() === part(3) && part(4) < 24 && part(5) < 60 && part(6) < 60;
  if (!isReal) return null;
  const fraction = BigInt((match[7] ?? "").slice(0, 6).padEnd(6, "0"));
  const offset = BigInt((part(10) * 60 + part(11)) * 60_000_000) * (match[9] === "-" ? -1n : 1n);
  return microsAt(wall) + fraction - offset;
}
