import { afterAll, beforeAll, expect, it } from "vitest";
import { leaveDuty, takeDuty } from "@/lib/areas/duty/acts/duty";
import { markRead } from "@/lib/areas/inbox/acts/read-inbox";
import { inTransaction, useDatabase } from "@/lib/kernel/db/client";
import { addNotices } from "@/lib/kernel/notice/notices";
import { systemClock } from "@/lib/kernel/time";
import type { PersonActor } from "@/lib/model/decide";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { freshDatabase } from "@/lib/testing/database";
import { as, makeEscalation, makePerson, makeSource, t0 } from "@/lib/testing/scenarios";
import type { LiveMessage } from "./contract";
import { eventStream } from "./event-stream";

let mia: PersonActor;
let ben: PersonActor;
let sourceId: string;
let itemId: string;
const gone = new AbortController();

/** Answers the next thing that a person's page hears. */
type Page = () => Promise<LiveMessage>;
let miasPage: Page;
let bensPage: Page;

beforeAll(async () => {
  await useDatabase(await freshDatabase());
  sourceId = await makeSource();
  [mia, ben] = await Promise.all([makePerson("operator"), makePerson("product_owner")]);
  itemId = await makeEscalation({ sourceId });
  miasPage = await open(mia);
  bensPage = await open(ben);
});
afterAll(() => gone.abort());

async function open({ id }: PersonActor): Promise<Page> {
  const reader = (
    await eventStream(gone.signal, {
      id,
      until: new Date(systemClock().getTime() + 3_600_000),
      stillWelcome: async () => true,
    })
  ).getReader();
  const decoder = new TextDecoder();
  return async () => {
    for (;;) {
      const [, json] = /^data: (.*)\n\n$/.exec(decoder.decode((await reader.read()).value)) ?? [];
      if (json) return JSON.parse(json) as LiveMessage;
    }
  };
}

const tell = (people: PersonActor[], step: `raised-${number}`) =>
  inTransaction((tx) =>
    addNotices(
      tx,
      grantSystem(operatingModel, "escalation.escalate", "The clock"),
      sourceId,
      people.map(({ id }) => ({
        personId: id,
        subjectId: itemId,
        step,
        kind: "action",
        role: "operator",
        letter: "R",
        activity: "escalation",
        standsInFor: null,
        urgent: false,
        foldKey: step,
      })),
      t0,
    ),
  );
/** Everybody hears of the duty: what stands before it on a page is all that the page heard of what was told. */
const goOnDuty = () => takeDuty(as(mia), { role: "operator", from: null });
const goOffDuty = () => leaveDuty(as(mia), { role: "operator" });
const notices = { topic: "notices" };
const duty = { topic: "duty" };

it("of a notice hears whoever is told, without a word of others; a colleague's page stays silent", async () => {
  await tell([mia], "raised-1");
  await goOnDuty();
  expect([await miasPage(), await miasPage()]).toEqual([notices, duty]);
  expect(await bensPage()).toEqual(duty);
});

it("of what is told to both, both hear, and neither who else", async () => {
  await tell([mia, ben], "raised-2");
  expect([await miasPage(), await bensPage()]).toEqual([notices, notices]);
});

it("of one's own reading in another tab hears nobody else", async () => {
  await markRead(as(ben), { id: null, read: true });
  await goOffDuty();
  expect([await bensPage(), await bensPage()]).toEqual([notices, duty]);
  expect(await miasPage()).toEqual(duty);
});

it("of what is told to more people than a message names, everybody hears", async () => {
  const people = await Promise.all(Array.from({ length: 60 }, () => makePerson("stakeholder")));
  await tell(people, "raised-4");
  expect([await miasPage(), await bensPage()]).toEqual([notices, notices]);
});
