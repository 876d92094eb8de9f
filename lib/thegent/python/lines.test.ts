import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutLines } from "./lines";

const cut = (text: string) => cutLines(Buffer.from(text)).lines.map((line) => line.bytes.toString());

describe("cutting bytes into lines", () => {
  it.each([
    ["a\nb\r\nc\rd\n", ["a", "b", "c", "d"]],
    ["a\n\n\r\rb\r", ["a", "", "", "", "b"]],
    ["a\u2028b\u0085c\u2029d\u000be\u000cf\n", ["a\u2028b\u0085c\u2029d\u000be\u000cf"]],
    ["a\nhalf", ["a"]],
    ["", []],
  ])("cuts %j", (text, expected) => expect(cut(text)).toEqual(expected));

  it("counts lines and bytes, and marks the blank ones", () => {
    const { lines, restOffset, next } = cutLines(Buffer.from("é\r\n \u00a0\nx\nre"), {
      number: 8,
      byteOffset: 100,
      previousByteWasCR: false,
    });
    expect(lines.map(({ number, byteOffset, endOffset, blank }) => [number, byteOffset, endOffset, blank])).toEqual([
      [8, 100, 104, false],
      [9, 104, 108, true],
      [10, 108, 110, false],
    ]);
    expect(restOffset).toBe(110);
    expect(next).toEqual({ number: 11, byteOffset: 110, previousByteWasCR: false });
  });

  it("takes a CR at the end for a whole ending, and an LF that follows it later for part of it", () => {
    const first = cutLines(Buffer.from("a\r"));
    expect(first.lines).toHaveLength(1);
    expect(first.next).toEqual({ number: 2, byteOffset: 2, previousByteWasCR: true });
    const second = cutLines(Buffer.from("\nb\n"), first.next);
    expect(second.lines.map((line) => [line.number, line.byteOffset, line.bytes.toString()])).toEqual([[2, 3, "b"]]);
    expect(cutLines(Buffer.from("\n"), first.next)).toMatchObject({
      lines: [],
      restOffset: 3,
      next: { number: 2, previousByteWasCR: false },
    });
    expect(cutLines(Buffer.alloc(0), first.next).next).toEqual(first.next);
  });

  it("finds the same lines however the bytes arrive", () => {
    const piece = fc.constantFrom("a", "é", "\r", "\n", "\r\n", " ", "\u2028");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat(60), { maxLength: 5 }), (pieces, cuts) => {
        const whole = Buffer.from(pieces.join(""));
        const seen: unknown[] = [];
        const show = (lines: ReturnType<typeof cutLines>["lines"]) =>
          lines.map((line) => [line.number, line.byteOffset, line.bytes.toString("latin1"), line.blank]);
        let start = cutLines(Buffer.alloc(0)).next;
        for (const end of [...cuts.map((at) => Math.min(at, whole.length)).sort((a, b) => a - b), whole.length]) {
          const { lines, next } = cutLines(whole.subarray(start.byteOffset, end), start);
          seen.push(...show(lines));
          start = next;
        }
        expect(seen).toEqual(show(cutLines(whole).lines));
      }),
    );
  });
});
