import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { disablePerson, setPassword, setRoles } from "@/lib/areas/person/acts/access";
import { signOut } from "@/lib/areas/person/acts/sign-in";
import { db, useDatabase } from "@/lib/kernel/db/client";
import { findSession } from "@/lib/kernel/session/find-session";
import { systemClock } from "@/lib/kernel/time";
import { decide, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { freshDatabase } from "@/lib/testing/database";
import { makePerson } from "@/lib/testing/scenarios";
import { eventStream } from "./event-stream";
import { mostStreams } from "./stream-count";

let mia: PersonActor;
let ben: PersonActor;
let session: string;
/** What ends the streams that a test opened. */
const pages: AbortController[] = [];

beforeAll(async () => useDatabase(await freshDatabase()));
beforeEach(async () => {
  [mia, ben] = [await makePerson("operator", "stakeholder"), await makePerson("operator")];
  session = await begin(mia);
});
afterEach(() => pages.splice(0).forEach((page) => page.abort()));

const soon = (ms: number) => new Date(systemClock().getTime() + ms);
const when = () => ({ now: systemClock(), requestId: "r1" });

async function begin({ id: personId }: PersonActor, endsAt = soon(3_600_000)): Promise<string> {
  const id = uuidv7();
  await db().session.create({ data: { id, personId, startedAt: systemClock(), endsAt } });
  return id;
}

/** As app/api/live opens it. Answers what resolves once the stream has ended. */
async function open(
  person: PersonActor,
  id: string,
  until = soon(3_600_000),
): Promise<{ ended: Promise<void>; cancel: () => Promise<void> }> {
  const stillWelcome = async () =>
    decide(operatingModel, "escalation.view", (await findSession(id, systemClock()))?.person ?? null).allowed;
  const page = new AbortController();
  pages.push(page);
  const reader = (await eventStream(page.signal, { id: person.id, until, stillWelcome })).getReader();
  const readOn = async (): Promise<void> => ((await reader.read()).done ? undefined : readOn());
  return { ended: readOn(), cancel: () => reader.cancel() };
}

describe("a stream ends at once, and not with the next ping", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["when its session is signed out of", async () => signOut(when(), (await findSession(session, systemClock()))!)],
    ["when a role is lost", () => setRoles(when(), `${mia.id}@example.com`, ["operator"])],
    ["when the last role is lost", () => setRoles(when(), `${mia.id}@example.com`, [])],
    ["when the last role is taken in the database", () => db().roleHolding.deleteMany({ where: { personId: mia.id } })],
    ["when the password is changed", () => setPassword(when(), `${mia.id}@example.com`, "another horse battery")],
    ["when the person is disabled", () => disablePerson(when(), `${mia.id}@example.com`)],
    [
      "when the person is disabled in the database",
      () => db().person.update({ where: { id: mia.id }, data: { disabledAt: systemClock() } }),
    ],
    [
      "when the end of its session is moved into the past",
      () => db().session.update({ where: { id: session }, data: { endsAt: soon(-1) } }),
    ],
  ])(
    "%s; a colleague's goes on",
    async (_, act) => {
      const [mias, bens] = [await open(mia, session), await open(ben, await begin(ben))];
      await act();
      await mias.ended;
      expect(
        await Promise.race([bens.ended.then(() => "ended"), new Promise((resolve) => setTimeout(resolve, 50, "open"))]),
      ).toBe("open");
    },
    10_000,
  );
  it("when its session is over", async () => {
    const endsAt = soon(300);
    const { ended } = await open(mia, await begin(mia, endsAt), endsAt);
    await ended;
    expect(systemClock().getTime()).toBeGreaterThanOrEqual(endsAt.getTime());
  }, 10_000);
});

it("another session of the same person streams on, when one is signed out of", async () => {
  const [here, there] = [await open(mia, session), await open(mia, await begin(mia))];
  await signOut(when(), (await findSession(session, systemClock()))!);
  await here.ended;
  expect(
    await Promise.race([there.ended.then(() => "ended"), new Promise((resolve) => setTimeout(resolve, 50, "open"))]),
  ).toBe("open");
});

it("a role more ends nothing", async () => {
  const { ended } = await open(mia, session);
  await setRoles(when(), `${mia.id}@example.com`, ["operator", "stakeholder", "security"]);
  expect(
    await Promise.race([ended.then(() => "ended"), new Promise((resolve) => setTimeout(resolve, 50, "open"))]),
  ).toBe("open");
});

it("a stream that was being made while the session ended is refused", async () => {
  await db().session.delete({ where: { id: session } });
  await expect(open(mia, session)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});

it("one person has so many streams and no more, until one is closed; a colleague has theirs", async () => {
  const all = await Promise.all(Array.from({ length: mostStreams }, () => open(mia, session)));
  await expect(open(mia, session)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await open(ben, await begin(ben));
  await all[0]!.cancel();
  await open(mia, session);
  await expect(open(mia, session)).rejects.toMatchObject({ code: "RATE_LIMITED" });
});

it("what is refused is not counted", async () => {
  await db().session.delete({ where: { id: session } });
  for (let n = 0; n <= mostStreams; n++)
    await expect(open(mia, session)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});
