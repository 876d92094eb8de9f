import { createHmac, timingSafeEqual } from "node:crypto";

/** How far the receiver's clock and the cockpit's may be apart; an older delivery could be one that somebody recorded. */
const toleranceSeconds = 300;

/** The value of `x-cockpit-signature`: "v1=" and the HMAC-SHA256, in hexadecimal, of timestamp + "." + body. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}

/**
 * What a receiver does before it believes a delivery. `timestamp` and `signature` are the headers `x-cockpit-timestamp` (whole seconds
 * since 1970) and `x-cockpit-signature`; `body` is the body exactly as it came, before any JSON is read: one byte changed is another body.
 * True only when the signature is the cockpit's and the timestamp within five minutes of `now`. Compares in constant time.
 * A delivery may come twice (an answer got lost): its `x-cockpit-delivery` is then the same.
 */
export function verifySignature(
  secret: string,
  timestamp: string,
  body: string,
  signature: string,
  now: Date,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const expected = Buffer.from(signatureOf(secret, timestamp, body));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
