import { expect, test } from "vitest";
import { type z } from "zod";
import { escalationActs } from "@/lib/areas/escalation/acts/escalation-acts";
import { openSchema } from "@/lib/areas/escalation/contract-acts";
import { emailKindsSchema } from "@/lib/areas/inbox/contract";
import { signUpSchema } from "@/lib/areas/person/contract";
import { isCockpitError } from "@/lib/kernel/errors";
import { parseInput } from "./parse-input";

const {
  claim: { schema: claimSchema },
  resolve: { schema: resolveSchema },
  report: { schema: reportSchema },
} = escalationActs;

const refusalOf = (schema: z.ZodType, input: unknown) => {
  try {
    return parseInput(schema, input);
  } catch (error) {
    if (!isCockpitError(error)) throw error;
    return { code: error.code, message: error.message, fields: error.fields };
  }
};

const again = "Reload the page and try again.";
const target = { id: "0193a2b4-0000-7000-8000-0000000000aa", version: 1 };
const form = (says: string) => ({ code: "INVALID", message: says, fields: { form: says } });

test.each([null, undefined, 7, "x", true, []])("what is no form at all is refused in words of our own: %j", (input) => {
  for (const schema of [claimSchema, resolveSchema, signUpSchema])
    expect(refusalOf(schema, input)).toEqual(form(`What was sent cannot be read. ${again}`));
});

test.each([
  [emailKindsSchema, { kinds: ["all"] }, "kinds"],
  [resolveSchema, { ...target, outcome: "rejected", note: "The agent is not to run.", lateCause: 7 }, "lateCause"],
  [reportSchema, { ...target, finding: "The adapter renamed a field.", adapterChange: "yes" }, "adapterChange"],
  [openSchema, { path: "elsewhere" }, "path"],
])("a field that a page never sends so is named", (schema, input, field) => {
  const says = `“${field}” is not what belongs there. ${again}`;
  expect(refusalOf(schema, input)).toEqual({ code: "INVALID", message: says, fields: { [field]: says } });
});

test("what people type wrongly is told in the field's own sentence, the first one at the top", () => {
  const refused = refusalOf(resolveSchema, { ...target, outcome: "rejected", note: "" });
  expect(refused).toMatchObject({
    code: "INVALID",
    message: "The note needs at least 3 characters.",
    fields: { note: "The note needs at least 3 characters." },
  });
});

test("what can be read is given back", () => expect(parseInput(claimSchema, target)).toEqual(target));
