import "server-only";
import { v7 as uuidv7 } from "uuid";
import { refuseStranger } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { recordRefusals } from "./authorise";

const minuteMs = 60_000;
const longestOrigin = 100;

let minute = -1;
let recorded = new Set<string>();

/**
 * An act that another site's page sent, refused by the web server, is an event without an actor: whose session it carried is not believed.
 * One a minute for each origin, and like everything of strangers so many an hour (./strangers.ts).
 */
export async function refuseForeignPage(origin: string | undefined, now: Date): Promise<void> {
  const current = Math.floor(now.getTime() / minuteMs);
  if (current !== minute) [minute, recorded] = [current, new Set()];
  const named = nameOf(origin);
  if (recorded.has(named)) return;
  recorded.add(named);
  const refusal = refuseStranger(
    operatingModel,
    "act.from-elsewhere",
    "The act came from a page that is not this cockpit's.",
  );
  await recordRefusals({ now, requestId: uuidv7() }, [
    { refusal, subject: { kind: "origin", id: null }, after: { origin: named } },
  ]);
}

/** An origin as browsers write it, in ASCII; of anything else no more than that it is no origin. */
function nameOf(origin: string | undefined): string {
  if (origin === undefined) return "none";
  if (!URL.canParse(origin)) return origin === "null" ? "null" : "unreadable";
  return new URL(origin).origin.slice(0, longestOrigin);
}
