import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { statuses, type Status } from "./escalation";
import { nextStep } from "./next-step";

const due = new Date("2026-03-01T10:00:00.000Z");
const at = (ms: number) => new Date(due.getTime() + ms);
const step = (ms: number, status: Status = "open", level = 0) => nextStep({ path: "policy_denial", status, dueAt: due, level }, at(ms));

describe("a policy denial's clock", () => {
  it.each<[string, ReturnType<typeof step>, object]>([
    ["long before", step(-1_800_000), { do: "wait", until: at(1), to: ["product_owner"], level: 1 }],
    ["a millisecond before", step(-1), { do: "wait", until: at(1) }],
    ["at the due instant, which is not yet past", step(0), { do: "wait", until: at(1) }],
    ["a millisecond after", step(1), { do: "escalate", clock: "resolve", level: 1, to: ["product_owner"], lateMs: 1 }],
    ["claimed, and past", step(1, "claimed"), { do: "escalate" }],
    ["noticed an hour late, after everything was down", step(3_600_000), { do: "escalate", lateMs: 3_600_000 }],
    ["raised already", step(3_600_000, "open", 1), { do: "nothing" }],
    ["resolved before it was noticed", step(3_600_000, "resolved"), { do: "nothing" }],
    ["cancelled", step(3_600_000, "cancelled"), { do: "nothing" }],
    ["overridden", step(3_600_000, "overridden"), { do: "nothing" }],
  ])("%s", (_, got, expected) => {
    expect(got).toMatchObject(expected);
  });

  it("asked at the instant it said to wait for, it is due; asked any earlier, it waits for the same instant", () => {
    fc.assert(
      fc.property(fc.integer({ min: -86_400_000, max: 86_400_000 }), fc.constantFrom(...statuses), fc.nat(2), (ms, status, level) => {
        const now = step(ms, status, level);
        if (now.do !== "wait") return;
        expect(step(now.until.getTime() - due.getTime(), status, level).do).toBe("escalate");
        expect(step(now.until.getTime() - due.getTime() - 1, status, level).do).toBe("wait");
      }),
    );
  });
});
