import type { Env } from "@/lib/kernel/env";
import type { Channel } from "@/lib/kernel/notice/channel";
import { systemClock } from "@/lib/kernel/time";
import { emailChannel } from "./email";
import { webhookChannel } from "./webhook";

/** The channels that the environment configures; none is normal. Whoever asks closes them. */
export function configuredChannels({ mail, webhook, url }: Pick<Env, "mail" | "webhook" | "url">): Channel[] {
  return [
    ...(mail ? [emailChannel({ ...mail, url })] : []),
    ...(webhook ? [webhookChannel({ endpoint: webhook.url, secret: webhook.secret, url, clock: systemClock })] : []),
  ];
}
