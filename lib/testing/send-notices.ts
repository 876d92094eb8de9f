/** A worker of its own that sends a source's notices to a webhook, and ends; for tests that kill it. */
import { deliverNotices } from "@/lib/areas/inbox/acts/deliver";
import { webhookChannel } from "@/lib/channels/webhook";
import { systemClock } from "@/lib/kernel/time";

const [sourceId, endpoint, secret] = process.argv.slice(2) as [string, string, string];
const channel = webhookChannel({ endpoint, secret, url: "https://cockpit.example.org", clock: systemClock });

await deliverNotices({ sourceId, channel, now: systemClock });
process.exit(0);
