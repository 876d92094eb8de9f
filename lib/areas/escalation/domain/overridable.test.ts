import { describe, expect, test } from "vitest";
import type { PersonActor } from "@/lib/model/decide";
import { operatingModel as model } from "@/lib/model/model";
import type { Role } from "@/lib/model/roles";
import { opened } from "@/lib/testing/items";
import { requestRight, whyNoOverride } from "./overridable";

const person = (id: string, ...roles: Role[]): PersonActor => ({ kind: "person", id, name: id, roles });

describe("an override can be asked for from an open policy denial that names an owner", () => {
  const denial = opened("policy_denial");
  test.each([
    ["an open one", denial, null],
    ["a closed one", { ...denial, status: "resolved" as const }, "Only an open policy denial can be overridden."],
    ["another path", opened("contract_drift"), "Only an open policy denial can be overridden."],
    [
      "one of an owner that no text keeps",
      { ...denial, owner: null, ownerShown: "kp:thegent⟨U+0000⟩" },
      "This run’s owner, kp:thegent⟨U+0000⟩, holds a character that cannot be kept exactly, so an override would be for somebody else. Have the run started again under another owner tag, or resolve this item.",
    ],
    ["one of nobody", { ...denial, owner: null }, "This run names no owner, and an override belongs to an owner."],
  ])("%s", (_, item, why) => {
    expect(whyNoOverride(item)).toBe(why);
    expect(requestRight(item, person("olga", "operator"), model).allowed).toBe(why === null);
    expect(requestRight(item, person("tim", "tech_lead"), model)).toMatchObject({
      allowed: false,
      whoCan: ["product_owner", "operator"],
    });
  });
});
