import "server-only";
import type { IncomingHttpHeaders } from "node:http";
import { NextRequest } from "next/server";
import type { Known } from "@/components/shell/hydrate";
import { themeOf } from "@/components/shell/theme";
import { listQuerySchema } from "@/lib/areas/escalation/contract";
import { overrideQuerySchema } from "@/lib/areas/override/contract";
import { whoseShell } from "@/lib/kernel/act/drawn-shell";
import { log } from "@/lib/kernel/log";
import { sessionOf } from "@/lib/kernel/session/current-person";
import { systemClock } from "@/lib/kernel/time";
import { decide, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { queueReads } from "./escalations/reads";
import { overrideReads } from "./overrides/reads";

/** As Next gives them to a page. */
type Asked = Record<string, string | string[]>;

/** What a page shows first, for whom; null: it is not theirs to see. */
type Reads = (person: PersonActor, asked: Asked, now: Date) => Promise<Known>[] | null;

/** The pages that draw a shell (`ShellOf`). */
const pages: ReadonlyMap<string, Reads> = new Map<string, Reads>([
  [
    "/escalations",
    (person, asked, now) => {
      const decision = decide(operatingModel, "escalation.view", person);
      return decision.allowed ? queueReads(decision.grant, listQuerySchema.parse(asked), now) : null;
    },
  ],
  [
    "/overrides",
    (person, asked, now) => {
      const { after: _, ...query } = overrideQuerySchema.parse(asked);
      const decision = decide(operatingModel, "override.view", person);
      return decision.allowed ? overrideReads(decision.grant, query, now) : null;
    },
  ],
]);

/** Somebody asks for such a page: whose its shell is, by what it is kept, and what follows it, as JSON that a script's element can hold. */
type Opened = { whose: string; key: string; known: Promise<string> };

/** Null where the page is drawn whole: because it has no shell, or because it is to be refused, which it says itself. */
async function openDocument(url: string, headers: IncomingHttpHeaders): Promise<Opened | null> {
  const { pathname, searchParams } = new URL(url, "http://cockpit.invalid");
  const reads = pages.get(pathname);
  if (!reads) return null;
  const request = new NextRequest("http://cockpit.invalid", { headers: { cookie: headers.cookie ?? "" } });
  const session = await sessionOf(request);
  if (!session) return null;
  const now = systemClock();
  const known = reads(session.person, askedIn(searchParams), now);
  const theme = themeOf(request.cookies.get("theme")?.value);
  const whose = whoseShell(session.person);
  return known && { whose, key: JSON.stringify([url, whose, theme]), known: told(known, now) };
}

function askedIn(parameters: URLSearchParams): Asked {
  const all = [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)] as const);
  return Object.fromEntries(all.map(([name, values]) => [name, values.length > 1 ? values : values[0]!]));
}

/** What could not be read is not told: the page asks for it itself, and says why it cannot. */
async function told(known: Promise<Known>[], now: Date): Promise<string> {
  const read = (await Promise.allSettled(known)).flatMap((one) => {
    if (one.status === "fulfilled") return [one.value];
    log.error({ err: one.reason as unknown }, "what follows a shell could not be read");
    return [];
  });
  return JSON.stringify({ now: now.toISOString(), known: read }).replaceAll("<", "\\u003c");
}

const holder = globalThis as unknown as { cockpitDocument?: typeof openDocument };

/** The web server (lib/server/documents.mjs) asks here. On globalThis: it and the application are two module graphs in one process. */
export function listenForDocuments(): void {
  holder.cockpitDocument = openDocument;
}
