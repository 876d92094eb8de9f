import { ChannelError, type Channel } from "@/lib/kernel/notice/channel";
import { askedByRetryAfter } from "@/lib/kernel/notice/retry";
import type { Clock } from "@/lib/kernel/time";
import { signatureOf } from "./signature";
import { webhookPayload } from "./webhook-payload";

export type WebhookOptions = {
  /** https, or http on a network of your own. It may be a secret in itself, so only its host is ever told. */
  endpoint: string;
  secret: string;
  /** Where people reach the cockpit, without a slash at the end. */
  url: string;
  clock: Clock;
  /** How long the receiver may take to answer, in milliseconds. */
  timeoutMs?: number;
};

/**
 * One POST per bundle; see webhookPayload for the body, verifySignature for what a receiver checks. An answer of 2xx is acceptance.
 * Nothing of an answer but its status and its Retry-After is looked at.
 */
export function webhookChannel({ endpoint, secret, url, clock, timeoutMs = 10_000 }: WebhookOptions): Channel {
  const place = new URL(endpoint).host;
  const closing = new AbortController();
  return {
    name: "webhook",
    async send(bundle) {
      const body = webhookPayload(bundle, url);
      // The time of sending, not of telling: a delivery tried again must not be too old to be believed.
      const timestamp = String(Math.floor(clock().getTime() / 1000));
      const headers = {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "thegent-cockpit",
        "x-cockpit-delivery": bundle.id,
        "x-cockpit-timestamp": timestamp,
        "x-cockpit-signature": signatureOf(secret, timestamp, body),
      };
      const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), closing.signal]);
      // "manual" follows no redirect either, but lets it be told from a network that failed.
      const { status, retryAfter } = await post(
        endpoint,
        { method: "POST", body, headers, redirect: "manual", signal },
        place,
      );
      if (status >= 200 && status <= 299) return;
      const ms = askedByRetryAfter(retryAfter, clock());
      throw new ChannelError(sayRefusal(place, status), mayPass(status), ms ? { ms, about: "channel" } : null);
    },
    async close() {
      closing.abort();
    },
  };
}

async function post(
  endpoint: string,
  request: RequestInit,
  place: string,
): Promise<{ status: number; retryAfter: string | null }> {
  try {
    const response = await fetch(endpoint, request);
    // Unread, so that the connection is free again; what it says is not ours to keep.
    await response.body?.cancel();
    return { status: response.status, retryAfter: response.headers.get("retry-after") };
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError")
      throw new ChannelError(`The webhook at ${place} did not answer in time.`, true);
    const why = error instanceof Error && (error.cause as { code?: unknown } | undefined)?.code;
    const code = typeof why === "string" && /^[A-Z][A-Z0-9_]+$/.test(why) ? ` (${why})` : "";
    throw new ChannelError(`The webhook at ${place} could not be reached${code}.`, true);
  }
}

function sayRefusal(place: string, status: number): string {
  return status >= 300 && status <= 399
    ? `The webhook at ${place} sends the cockpit elsewhere (${status}), which is not followed.`
    : `The webhook at ${place} did not accept the notice (${status}).`;
}

/** Request timeout, too early, too many requests, and whatever broke on the other side. */
const mayPass = (status: number): boolean => [408, 425, 429].includes(status) || status >= 500;
