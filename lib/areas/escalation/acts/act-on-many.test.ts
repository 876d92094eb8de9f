import { describe, expect, it, test } from "vitest";
import { draftProblems, type Draft } from "@/components/escalation/prepare";
import { bulkActs } from "@/lib/areas/escalation/domain/stays";
import { limits, mostAtOnce } from "@/lib/areas/escalation/limits";
import { bulkSchemaOf } from "./act-on-many";
import { escalationActs } from "./escalation-acts";

const target = { id: "0193a2b4-0000-7000-8000-000000000001", version: 1 };
const whole: Draft = { outcome: "unblocked", note: "Trust score was raised", lateCause: "" };
const draftOf = (change: Partial<Draft>): Draft => ({ ...whole, ...change });

describe("the form for many judges as the server does", () => {
  it.each<[string, Draft]>([
    ["a whole draft", whole],
    ["no outcome", draftOf({ outcome: null })],
    ["a note of spaces", draftOf({ note: "   " })],
    ["a long note", draftOf({ note: "x".repeat(limits.note.most + 1) })],
  ])("%s", (_, draft) => {
    const taken = bulkSchemaOf("resolve").safeParse({ act: "resolve", targets: [target], ...draft }).success;
    expect(taken).toBe(Object.keys(draftProblems(draft, false)).length === 0);
  });
});

test.each(bulkActs)("what %s asks for of many is what it asks for of one", (act) => {
  const fields = { ...whole, toId: target.id };
  const one = escalationActs[act].schema.safeParse({ ...target, ...fields });
  const many = bulkSchemaOf(act).safeParse({ act, targets: [target], ...fields });
  expect([one.success, many.success]).toEqual([true, true]);
  const { id: _id, version: _version, ...ofOne } = one.data!;
  const { act: _act, targets: _targets, ...ofMany } = many.data!;
  expect(ofMany).toEqual(ofOne);
});

test("items are at least one, and no more than may be selected", () => {
  const taken = (count: number) =>
    bulkSchemaOf("claim").safeParse({ act: "claim", targets: Array.from({ length: count }, () => target) }).success;
  expect([0, 1, mostAtOnce, mostAtOnce + 1].map(taken)).toEqual([false, true, true, false]);
});
