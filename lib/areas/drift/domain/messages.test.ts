import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isKept } from "@/lib/kernel/words/text";
import { kindsOf, messageKind } from "./messages";

describe("the kind of a message", () => {
  it.each([
    ["Unclosed tag <SUMMARY>", "Unclosed tag <SUMMARY>"],
    ["mismatched tag: line 3, column 8", "mismatched tag: line #, column #"],
    ["Normalization confidence 0.35 is below threshold 0.40", "Normalization confidence # is below threshold #"],
    ["status COMPLETED but progress < 100 — incohérent", "status COMPLETED but progress < # — incohérent"],
    ["progress -5 is out of range 1e-3", "progress # is out of range #"],
    ["Unknown field 'status' in \"task 7\"", "Unknown field '…' in \"…\""],
    ["it's not the agent's fault", "it's not the agent's fault"],
    ["run_c03a9ec3 wrote nothing", "run_# wrote nothing"],
    ["commit deadbeef12 of 0190e2b4-7c1a-7f00-8000-0123456789ab", "commit # of #"],
    ["facade is a word, decade too", "facade is a word, decade too"],
    ["cannot read /srv/shop/src/index.ts", "cannot read /…"],
    ["Unclosed tag </SUMMARY>", "Unclosed tag </SUMMARY>"],
    ["csm-v1 expected, task-tool-18 found", "csm-v1 expected, task-tool-18 found"],
    ["  two\n lines\tand  spaces ", "two lines and spaces"],
    ["", "(an empty message)"],
    ["nul \u0000 and half \ud800", "nul ⟨U+0000⟩ and half ⟨U+D800⟩"],
    ["修 🌓 failed at 12:30:05", "修 🌓 failed at #"],
  ])("%j is %j", (message, kind) => expect(messageKind(message)).toBe(kind));

  it("is a short text that can be kept, whatever the message", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (message) => {
        const kind = messageKind(message);
        expect(isKept(kind)).toBe(true);
        expect(kind).not.toBe("");
        expect(kind.length).toBeLessThan(1_500);
      }),
    );
  });

  it("is found in a moment, however long a message is and however much of it is alike", () => {
    const begun = performance.now();
    for (const one of ["/", "a1", "'", '"', "1.", "run_a1", "-", "0a"]) messageKind(one.repeat(1000));
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it("of a line is told once, however often the line has it", () => {
    expect(kindsOf({ messages: ["line 3 is torn", "line 4 is torn", "empty"] })).toEqual(["line # is torn", "empty"]);
  });
});
