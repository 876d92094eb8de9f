/** A worker of its own that sends a source's notices to a webhook, and ends; for tests that kill it. */
import { webhookChannel } from "@/lib/channels/webhook";
import { systemClock } from "@/lib/clock";
import { deliverNotices } from "@/lib/usecases/deliver-notices";

const [sourceId, endpoint, secret] = process.argv.slice(2) as [string, string, string];
const channel = webhookChannel({ endpoint, secret, url: "https://cockpit.example.org", clock: systemClock });

await deliverNotices({ sourceId, channel, now: systemClock });
process.exit(0);
