import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { hasUnexpired } from "@/lib/thegent/records/override-lines";
import { newOverrideKey, overrideProblem, type NewOverride } from "@/lib/thegent/records/override-record";
import { endOverride, recordOverride } from "./override-file";
import { honours, microsAt } from "./testing/honours";
import { hardTexts } from "./testing/override-fixture";

const start = Date.parse("2026-03-01T09:00:00Z");
/** Few owners and reasons, so that one owner holds several overrides; instants that often fall together, with and without a fraction. */
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hardTexts) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 20 }) },
);
const offset = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((step) => step * 250),
  fc.integer({ min: 0, max: 10_000 }),
);
const override = fc
  .record({ owner: text, reason: text, from: offset, forMs: fc.integer({ min: 1, max: 10_000 }) })
  .map(({ owner, reason, from, forMs }): NewOverride => ({
    owner,
    reason,
    at: new Date(start + from),
    expiresAt: new Date(start + from + forMs),
  }))
  .filter((candidate) => overrideProblem(candidate) === null);
const act = fc.record({
  kind: fc.constantFrom("record", "end"),
  which: fc.nat(),
  at: offset.map((ms) => new Date(start + ms)),
});

const directory = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-override-model-"));
afterAll(() => fs.rmSync(directory, { recursive: true }));
const file = path.join(directory, "override_registry.jsonl");

/** The latest instant not after `end` with the fraction of a second that the expiry has. */
const endWithFractionOf = (expiry: number, end: number) =>
  Math.floor((end - (expiry % 1000)) / 1000) * 1000 + (expiry % 1000);

/** What the file should say by now: by key, the owner and the expiry. */
type Model = Map<string, { owner: string; expiry: number }>;

async function perform(model: Model, chosen: NewOverride, { kind, at }: { kind: string; at: Date }): Promise<void> {
  const key = newOverrideKey(chosen);
  const known = model.get(key);
  if (kind === "record") {
    await recordOverride(file, chosen, { lookAgainMs: 0 });
    if (!known) model.set(key, { owner: chosen.owner, expiry: chosen.expiresAt.getTime() });
    return;
  }
  const isLive = known !== undefined && known.expiry > at.getTime();
  const outcome = await endOverride(file, key, at, { lookAgainMs: 0 });
  expect(outcome).toBe(isLive ? "ended" : known ? "was over" : "not found");
  if (isLive) known.expiry = endWithFractionOf(known.expiry, at.getTime());
}

/** By thegent's rule, for the product's reader and the independent one. */
function expectHonoured(model: Model, owner: string, now: Date): void {
  const content = fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0);
  const expected = [...model.values()].some((one) => one.owner === owner && now.getTime() < one.expiry);
  expect([honours(content, owner, microsAt(now)), hasUnexpired(content, owner, now)]).toEqual([expected, expected]);
}

it(
  "thegent honours an owner just when one of their overrides is recorded, not over and not ended, in whatever order that came",
  { timeout: 240_000 },
  async () => {
    const script = fc.tuple(
      fc.array(override, { minLength: 1, maxLength: 6 }),
      fc.array(act, { maxLength: 10 }),
      fc.array(offset, { minLength: 5, maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(script, async ([overrides, acts, instants]) => {
        fs.rmSync(file, { force: true });
        const model: Model = new Map();
        for (const step of acts) {
          await perform(model, overrides[step.which % overrides.length]!, step);
          for (const { owner } of overrides) expectHonoured(model, owner, step.at);
        }
        for (const { owner } of overrides)
          for (const instant of instants) expectHonoured(model, owner, new Date(start + instant));
      }),
      { numRuns: 150 },
    );
  },
);
