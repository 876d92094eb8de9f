import fs from "node:fs";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { openSchema } from "@/lib/areas/escalation/contract-acts";
import { requestOverrideSchema, settleFindingSchema } from "@/lib/areas/override/contract";

const texts = JSON.parse(fs.readFileSync("lib/testing/fixtures/mandatory-texts.json", "utf8")) as Record<
  "nothing_to_see" | "something_to_see",
  string[]
>;
const id = "0193a2b4-0000-7000-8000-000000000001";

/** Every sentence that somebody must write, by what it is called. */
const mandatory: Record<string, [schema: z.ZodType, inputWith: (text: string) => unknown]> = {
  "the reason of an escalation": [
    openSchema,
    (reason) => ({ path: "incident", subject: "An incident", reason, severity: "P2" }),
  ],
  "a justification": [requestOverrideSchema, (justification) => ({ owner: "ana:shop", justification, seconds: 3600 })],
  "what was found of a finding": [settleFindingSchema, (note) => ({ id, note })],
};

describe.each(Object.entries(mandatory))("%s", (_, [schema, inputWith]) => {
  // What only spaces can be seen of counts as not written; of a cause that is not asked for, too.
  it.each(texts.nothing_to_see)("is refused where nothing can be read: %j", (text) => {
    expect(schema.safeParse(inputWith(text)).error?.issues[0]?.message).toMatch(
      /shows nothing that can be read|is missing|needs at least/,
    );
  });
  it.each(texts.something_to_see)("is taken where something can be read: %j", (text) =>
    expect(schema.safeParse(inputWith(text)).success).toBe(true),
  );
});

describe("an owner, a run or a lane that is typed", () => {
  const request = (owner: string) =>
    requestOverrideSchema.safeParse({ owner, justification: "The gate is wrong for this change.", seconds: 3600 });
  const open = (change: object) =>
    openSchema.safeParse({
      path: "policy_denial",
      subject: "run_1",
      reason: "Seen by hand",
      owner: "ana:shop",
      lane: "standard",
      slaMinutes: 30,
      ...change,
    });

  it.each(["kp:thegent", "kp:the\u200bgent", "josé:catálogo", "two words", "KP:thegent"])(
    "is kept as it is: %j",
    (text) => {
      expect(request(text)).toMatchObject({ success: true, data: { owner: text } });
      expect(open({ subject: text, owner: text, lane: text.slice(0, 60) })).toMatchObject({
        success: true,
        data: { subject: text, owner: text, lane: text },
      });
    },
  );
  it.each(["\ufeffbom", " ana:shop", "ana:shop\u00a0", "ana\0shop", "\ud800", "\u200b", ""])(
    "or refused, never made into another: %j",
    (text) => {
      expect(request(text).success).toBe(false);
      for (const field of ["subject", "owner", "lane"]) expect(open({ [field]: text }).success).toBe(false);
    },
  );
});
