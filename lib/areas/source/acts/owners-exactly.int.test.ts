import fs from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findEscalationDetail } from "@/lib/areas/escalation/acts/read-escalation";
import { approveOverride } from "@/lib/areas/override/acts/approve";
import { findOverrideDetail } from "@/lib/areas/override/acts/read-override";
import { requestOverride } from "@/lib/areas/override/acts/request";
import { db } from "@/lib/kernel/db/client";
import { useSource } from "@/lib/kernel/db/current-source";
import { systemClock } from "@/lib/kernel/time";
import { decide, type PersonActor } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { ask, look } from "@/lib/testing/override-acts";
import { justification } from "@/lib/testing/overrides";
import { as, makePerson } from "@/lib/testing/scenarios";
import { openSession, type Session } from "@/lib/testing/session";

const lines = fs.readFileSync("lib/testing/fixtures/look-alike-owners.jsonl", "utf8");
const owners = lines
  .trim()
  .split("\n")
  .map((line) => (JSON.parse(line) as { owner: string }).owner);

let session: Session;
let olga: PersonActor;
const now = () => systemClock();
beforeEach(async () => {
  session = await openSession();
  useSource(session.directory);
  olga = await makePerson("operator");
  session.write("escalation_queue.jsonl", lines);
  await session.readOnce();
});
afterEach(() => session.close());

const item = (n: number) => db().escalation.findFirstOrThrow({ where: { runId: `run_case_${n}` } });
const request = (escalationId: string) =>
  requestOverride(as(olga, now()), {
    escalationId,
    owner: null,
    previousId: null,
    justification,
    ticket: null,
    seconds: 3600,
  });

describe("owners that read alike", () => {
  it("are kept exactly, each its own; one that no text keeps is nobody's owner, and is shown with a mark", async () => {
    for (const n of [0, 1, 2, 3, 4, 5, 6]) expect(await item(n)).toMatchObject({ owner: owners[n], ownerShown: null });
    expect(await item(7)).toMatchObject({ owner: null, ownerShown: "kp:thegent⟨U+0000⟩" });
  });

  it("are named to whoever approves for one of them, and nothing is said where none is known", async () => {
    const id = (await request((await item(2)).id)).id;
    const view = decide(operatingModel, "override.view", olga);
    const alikeOf = async (override: string) =>
      view.allowed && (await findOverrideDetail(view.grant, override, now()))?.content.radius.alike;
    expect(await alikeOf(id)).toEqual(owners.filter((_, n) => n !== 2 && n < 7).sort());
    expect(await alikeOf(await ask(as(olga, now()), { owner: "maya:payments-api" }))).toEqual([]);
  });

  it("that turn up after the page was drawn are shown before anybody approves", async () => {
    const pia = await makePerson("product_owner");
    const other = await ask(as(olga, now()), { owner: "ben:till" });
    const { seenHash } = await look(other, now());
    await ask(as(olga, now()), { owner: "b\u0435n:till" });
    const decision = {
      id: other,
      version: 1,
      seconds: 3600,
      note: "Checked.",
      seenHash,
      withoutConsultation: "Production is down, there is no time.",
    };
    await expect(approveOverride(as(pia, now()), decision)).rejects.toMatchObject({
      message: expect.stringMatching(/changed/) as string,
    });
  });
});

describe("an owner that no text keeps", () => {
  it("is asked no override for: that is refused in words, on the page and at the door, and nothing is made", async () => {
    const { id } = await item(7);
    const grant = decide(operatingModel, "escalation.view", olga);
    const says = /kp:thegent⟨U\+0000⟩.*cannot be kept exactly.*another owner tag/;
    expect(grant.allowed && (await findEscalationDetail(grant.grant, id, now()))).toMatchObject({
      owner: null,
      ownerShown: "kp:thegent⟨U+0000⟩",
      acts: expect.arrayContaining([
        expect.objectContaining({ name: "override", allowed: false, because: expect.stringMatching(says) as string }),
      ]) as unknown,
    });
    await expect(request(id)).rejects.toMatchObject({
      code: "REJECTED",
      message: expect.stringMatching(says) as string,
    });
    expect(await db().override.count()).toBe(0);
  });

  it("makes nobody's approval its own: a line of the override file with it is found, and backs no owner with a similar text", async () => {
    const line = (owner: string) =>
      `${JSON.stringify({ owner, reason: "by hand", timestamp: "2026-03-01T10:00:00+00:00", expires_at_utc: "2099-03-01T10:00:00+00:00" })}\n`;
    session.write("override_registry.jsonl", line("kp:thegent\0") + line("\ud800x"));
    await session.readOnce();
    expect(
      (await db().finding.findMany({ orderBy: { owner: "asc" } })).map(({ kind, owner }) => [kind, owner]),
    ).toEqual([
      ["outside_override", "kp:thegent⟨U+0000⟩"],
      ["outside_override", "⟨U+D800⟩x"],
    ]);
  });
});
