import { describe, expect, it, test } from "vitest";
import { decide } from "@/lib/model/decide";
import { operatingModel } from "@/lib/model/model";
import { roles, type Role } from "@/lib/model/roles";
import { excerptOf, maySeeText, rolesThatSeeText } from "./excerpt";

const sees = (...held: Role[]) => {
  const decision = decide(operatingModel, "source.view", { kind: "person", id: "p", name: "P", roles: held });
  return decision.allowed ? maySeeText(decision.grant) : null;
};

describe("the text of unusable lines is seen by who is R or A of the activity, and by nobody else", () => {
  test.each(roles)("%s", (role) => {
    expect(sees(role)).toBe(["R", "A"].includes(operatingModel.matrix.orchestration[role]));
    expect(rolesThatSeeText(operatingModel).includes(role)).toBe(sees(role));
  });

  it("with several roles by the strongest, without any not even the page", () => {
    expect(sees("stakeholder", "operator")).toBe(true);
    expect(sees()).toBeNull();
  });
});

describe("an excerpt", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  test.each([
    ["a short line", "{torn", false, "{torn"],
    ["a line of just the length", "x".repeat(200), false, "x".repeat(200)],
    ["a longer line", "x".repeat(201), false, `${"x".repeat(200)}…`],
    ["no half of a character", "🌓".repeat(201), false, `${"🌓".repeat(200)}…`],
    ["half of a document", "0123456789", true, "01234…"],
    ["of a document of one byte, nothing", "x", true, "…"],
    ["a long document", "x".repeat(1000), true, `${"x".repeat(200)}…`],
  ])("of %s", (_, text, isDocument, says) => expect(excerptOf(bytes(text), bytes(text).length, isDocument)).toBe(says));

  it("of a line of which only the start was kept, says that there is more", () => {
    expect(excerptOf(bytes("abc"), 10_000_000, false)).toBe("abc…");
  });
});
