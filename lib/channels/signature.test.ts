import { createHmac } from "node:crypto";
import { expect, it, test } from "vitest";
import { signatureOf, verifySignature } from "./signature";

const secret = "0123456789abcdef0123456789abcdef";
const body = '{"says":"Zoë"}';
const now = new Date("2026-02-10T09:30:00Z");
const timestamp = String(now.getTime() / 1000);
const signature = signatureOf(secret, timestamp, body);
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

it("is the HMAC that any receiver can make", () => {
  expect(signature).toBe(
    `v1=${createHmac("sha256", secret).update(timestamp).update(".").update(Buffer.from(body, "utf8")).digest("hex")}`,
  );
});

test.each<[boolean, string, Parameters<typeof verifySignature>]>([
  [true, "at once", [secret, timestamp, body, signature, now]],
  [true, "five minutes later", [secret, timestamp, body, signature, after(300)]],
  [true, "five minutes earlier by the receiver's clock", [secret, timestamp, body, signature, after(-300)]],
  [false, "later than that", [secret, timestamp, body, signature, after(301)]],
  [false, "earlier than that", [secret, timestamp, body, signature, after(-301)]],
  [false, "with a changed body", [secret, timestamp, body.replace("Zoë", "Zoe"), signature, now]],
  [false, "with a space more", [secret, timestamp, `${body} `, signature, now]],
  [false, "with a newer timestamp", [secret, String(Number(timestamp) + 1), body, signature, now]],
  [false, "with another secret", [`${secret}x`, timestamp, body, signature, now]],
  [false, "without a version", [secret, timestamp, body, signature.slice(3), now]],
  [false, "with capital digits", [secret, timestamp, body, `v1=${signature.slice(3).toUpperCase()}`, now]],
  [false, "without a signature", [secret, timestamp, body, "", now]],
  [false, "with letters of two bytes", [secret, timestamp, body, "é".repeat(signature.length), now]],
  [false, "without a timestamp", [secret, "", body, signatureOf(secret, "", body), now]],
  [false, "with a timestamp that is no number", [secret, "NaN", body, signatureOf(secret, "NaN", body), now]],
  [
    false,
    "with a timestamp in another notation",
    [secret, `${timestamp}.0`, body, signatureOf(secret, `${timestamp}.0`, body), now],
  ],
])("it is %s that a delivery is believed %s", (believed, _, given) => expect(verifySignature(...given)).toBe(believed));
