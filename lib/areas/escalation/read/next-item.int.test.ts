import { beforeAll, beforeEach, expect, it } from "vitest";
import { claimEscalation } from "@/lib/areas/escalation/acts/claim";
import { resolveEscalation } from "@/lib/areas/escalation/acts/resolve";
import { listQuerySchema } from "@/lib/areas/escalation/contract";
import { authoriseRead } from "@/lib/kernel/act/authorise";
import { useDatabase } from "@/lib/kernel/db/client";
import type { PersonActor } from "@/lib/model/decide";
import { freshDatabase } from "@/lib/testing/database";
import { as, makeEscalation, makePerson, makeSource, minutes, t0 } from "@/lib/testing/scenarios";
import { nextItem } from "./next-item";

let olga: PersonActor;
let omar: PersonActor;
let sourceId: string;
/** Four policy denials, due one after the other. */
let items: string[];

const next = (from: string | null, query: Record<string, string> = {}, reader = olga) =>
  nextItem(authoriseRead({ actor: reader }, "escalation.view"), listQuerySchema.parse(query), from, t0);

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  [olga, omar] = [await makePerson("operator"), await makePerson("operator")];
});
beforeEach(async () => {
  sourceId = await makeSource();
  items = [];
  for (const n of [0, 1, 2, 3])
    items.push(await makeEscalation({ sourceId, dueAt: minutes(10 + n), lane: n % 2 ? "standard" : "critical" }));
});

it("is the first of the list, then the one after, and round once", async () => {
  const [a, b, , d] = items;
  expect(await next(null)).toBe(a);
  expect(await next(a!)).toBe(b);
  expect(await next(d!)).toBe(a);
  expect(await next(a!, { sort: "-due" })).toBe(d);
});
it("keeps to the filters and the order of the list", async () => {
  const [a, b, c, d] = items;
  expect(await next(a!, { lane: "critical" })).toBe(c);
  expect(await next(b!, { lane: "critical" })).toBe(c);
  expect(await next(b!, { lane: "critical", sort: "-due" })).toBe(a);
  expect(await next(null, { lane: "nowhere" })).toBeNull();
  expect(await next(b!, { state: "closed", sort: "lane" })).toBe(d);
});
it("leaves what a colleague works on, and shows what the reader does", async () => {
  const [a, b, c] = items;
  await claimEscalation(as(omar), { id: b!, version: 1 });
  expect(await next(a!)).toBe(c);
  expect(await next(a!, {}, omar)).toBe(b);
});
it("goes on from where an item stood that was just closed, and from the top when there is no such item", async () => {
  const [a, b, c] = items;
  await resolveEscalation(as(olga), {
    id: b!,
    version: 1,
    outcome: "unblocked",
    note: "Done with it.",
    lateCause: null,
  });
  expect(await next(b!)).toBe(c);
  expect(await next("019a0000-0000-7000-8000-000000000000")).toBe(a);
});
it("is one that the reader may claim, by its path", async () => {
  const drift = await makeEscalation({ sourceId, path: "contract_drift", subject: "provider x" });
  const lead = await makePerson("tech_lead");
  expect(await next(null, {}, lead)).toBe(drift);
  expect(await next(drift, {}, lead)).toBeNull();
  expect(await next(null, {}, await makePerson("stakeholder"))).toBeNull();
});
