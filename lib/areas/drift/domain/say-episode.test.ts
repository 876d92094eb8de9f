import { expect, it } from "vitest";
import { sayEpisode } from "./say-episode";

const says = (...some: string[]) => some.map((one) => ({ says: one }));

it("an episode is named by what it is about, and says all that was found", () => {
  expect(
    sayEpisode({
      contract: null,
      provider: null,
      findings: says("structural drift 15.1 % of at most 5.0 %", "Significant …"),
    }),
  ).toEqual({ subject: "drift: all providers", reason: "Structural drift 15.1 % of at most 5.0 %; Significant …" });
  expect(sayEpisode({ contract: "csm-v1", provider: "codex", findings: says("x") }).subject).toBe(
    "drift: provider codex, contract csm-v1",
  );
});

it("whatever a provider calls itself can be kept, and stays short", () => {
  const { subject, reason } = sayEpisode({
    contract: null,
    provider: "\u0000\ud800".repeat(5000),
    findings: says("y".repeat(5000)),
  });
  expect([subject.length < 2_000, reason.length, subject.includes("\u0000")]).toEqual([true, 1_000, false]);
});
