import { beforeAll, expect, it } from "vitest";
import { verifyChain } from "@/lib/areas/audit/acts/verify-chain";
import type { AuditEvent } from "@/lib/kernel/chain/audit-event";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { freshDatabase } from "@/lib/testing/database";
import { minutes } from "@/lib/testing/scenarios";
import { refuseForeignPage } from "./refuse-foreign-page";

beforeAll(async () => {
  await useDatabase(await freshDatabase(), 2);
});

it("an act of another site's page is an event of nobody, once a minute for each origin, and holds no text of the stranger's", async () => {
  const hostile = [
    "https://evil.example",
    "https://evil.example",
    "null",
    undefined,
    "<script>",
    `https://${"a".repeat(300)}.example/path`,
    "https://bücher.example",
  ];
  for (const origin of hostile) await refuseForeignPage(origin, minutes(0));
  await refuseForeignPage("https://evil.example", minutes(1));
  const events = (await db().auditEvent.findMany({ orderBy: { seq: "asc" } })).map(
    ({ body }) => JSON.parse(body) as AuditEvent,
  );
  expect(events.map(({ after }) => (after as { origin: string }).origin)).toEqual([
    "https://evil.example",
    "null",
    "none",
    "unreadable",
    `https://${"a".repeat(92)}`,
    "https://xn--bcher-kva.example",
    "https://evil.example",
  ]);
  for (const event of events)
    expect(event).toMatchObject({
      action: "act.from-elsewhere",
      outcome: "refused",
      actor: { kind: "nobody", id: null },
      subject: { kind: "origin", id: null },
      because: "The act came from a page that is not this cockpit's.",
    });
  expect((await verifyChain()).status).toBe("passed");
});
