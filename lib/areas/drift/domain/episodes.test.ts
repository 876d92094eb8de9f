import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTelemetryLine } from "@/lib/thegent/records/telemetry-event";
import { thegentBudgets } from "./drift";
import { emptyDriftWindow, nextDriftWindow } from "./drift-window";
import { findingsOf, nextEpisodes, type Episode, type EpisodeStatus, type Finding } from "./episodes";
import { driftRatesOf } from "./figures";

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 1, 9) + minutes * 60_000);
const episode = (status: EpisodeStatus, fields: Partial<Episode> = {}): Episode => ({
  id: "e1",
  contract: null,
  provider: "codex",
  status,
  openedAt: at(0),
  fineSince: null,
  kinds: ["fallback"],
  endedAt: null,
  acceptedUntil: null,
  ...fields,
});
const finding = (provider: string | null = "codex", what: Finding["what"] = "fallback"): Finding => ({
  contract: null,
  provider,
  what,
  says: `${provider} ${what}`,
});
const look = (episodes: Episode[], findings: Finding[] | null, minutes: number) =>
  nextEpisodes(episodes, findings, { now: at(minutes), quietMinutes: 60 });

describe("what is found", () => {
  it("is drift over its budget, before rounding, and each regression", () => {
    const regression = { provider: "codex", what: "fallback" as const, before: 0, now: 1, says: "Provider codex …" };
    expect(findingsOf([regression], { structural: 5.001, semantic: 10 }, thegentBudgets)).toEqual([
      { contract: null, provider: null, what: "structural", says: "structural drift 5.0 % of at most 5.0 %" },
      { contract: null, provider: "codex", what: "fallback", says: "Provider codex …" },
    ]);
    expect(findingsOf([], { structural: 5, semantic: 10 }, thegentBudgets)).toEqual([]);
  });
});

describe("the rates that the budget is held against", () => {
  it("are those of the window before rounding, so that a budget exceeded by a little is found", () => {
    const drift = '{"event_type": "schema.drift.structural"}';
    const lines = [...Array<string>(250).fill(drift), ...Array<string>(4749).fill("{}")];
    const state = nextDriftWindow(
      emptyDriftWindow({ window: 50, limit: 0, provider: null }),
      lines.map((line, index) => readTelemetryLine(Buffer.from(line), index + 1)),
    );
    const rates = driftRatesOf(state);
    if (!rates.ok) throw new Error(rates.because);
    expect(findingsOf([], rates.value, thegentBudgets)).toMatchObject([{ what: "structural", provider: null }]);
  });
});

describe("an episode", () => {
  it("opens with all that was found about its subject", () => {
    const [budget, low, high] = [finding(null, "structural"), finding("codex"), finding("codex", "confidence")];
    expect(look([], [low, budget, high], 0)).toEqual({
      open: [
        { contract: null, provider: "codex", findings: [low, high], previousId: null },
        { contract: null, provider: null, findings: [budget], previousId: null },
      ],
      changed: [],
      lapsed: [],
    });
  });

  it("is one for a subject while it is open, and another for a provider of another case", () => {
    const open = (["detected", "investigating", "remediating"] as const).map((status) =>
      look([episode(status)], [finding(), finding("Codex")], 5),
    );
    for (const { open: openings, changed } of open) {
      expect(openings).toMatchObject([{ provider: "Codex" }]);
      expect(changed).toEqual([]);
    }
  });

  it("opens anew once the one before ended by itself", () => {
    expect(look([episode("recovered")], [finding()], 5).open).toMatchObject([{ provider: "codex", previousId: null }]);
  });

  it.each([
    ["detected", null, 5, { status: "detected", fineSince: at(5) }],
    ["detected", 5, 64, null],
    ["detected", 5, 65, { status: "recovered", fineSince: at(5) }],
    ["investigating", 5, 65, { status: "recovered", fineSince: at(5) }],
    ["remediating", null, 5, { status: "remediating", fineSince: at(5) }],
    ["remediating", 5, 6000, null],
  ] as const)("%s, fine since minute %s, at minute %i", (status, fineSince, minutes, next) => {
    const before = episode(status, { fineSince: fineSince === null ? null : at(fineSince) });
    const { open, changed } = look([before], [], minutes);
    expect(open).toEqual([]);
    expect(changed).toEqual(next ? [{ ...before, ...next }] : []);
  });

  it("is not fine any more when something is found again", () => {
    const before = episode("investigating", { fineSince: at(5) });
    expect(look([before], [finding()], 30).changed).toEqual([{ ...before, fineSince: null }]);
  });

  it("neither opens nor recovers while the figures cannot be had", () => {
    expect(look([episode("detected", { fineSince: at(0) })], null, 6000)).toEqual({
      open: [],
      changed: [],
      lapsed: [],
    });
  });

  it("is one, however often the drift goes and comes back within the quiet time", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 59 }), { maxLength: 60 }), (steps) => {
        let [episodes, minutes, isFound]: [Episode[], number, boolean] = [[], 0, false];
        for (const later of [0, ...steps]) {
          minutes += later;
          isFound = !isFound;
          const { open, changed } = look(episodes, isFound ? [finding()] : [], minutes);
          episodes = episodes.map((one) => changed.find(({ id }) => id === one.id) ?? one);
          episodes.push(...open.map(() => episode("detected", { id: `e${episodes.length + 1}` })));
        }
        expect(episodes.map(({ status }) => status)).toEqual(["detected"]);
      }),
    );
  });
});

describe("what was decided", () => {
  const ended = (status: EpisodeStatus, fields: Partial<Episode> = {}) =>
    episode(status, { endedAt: at(0), ...fields });

  it.each([
    ["remediated", 239, false],
    ["remediated", 240, true],
    ["dismissed", 24 * 60 - 1, false],
    ["dismissed", 24 * 60, true],
  ] as const)(
    "as %s holds against the same drift, found ever since: minute %i returns %s",
    (status, minutes, returns) => {
      const { open } = look([ended(status)], [finding()], minutes);
      expect(open).toMatchObject(returns ? [{ provider: "codex", previousId: "e1" }] : []);
    },
  );

  it.each(["remediated", "dismissed"] as const)(
    "as %s holds no more once the drift had gone, and what comes then is new",
    (status) => {
      expect(look([ended(status)], [], 5).changed).toMatchObject([{ fineSince: at(5) }]);
      const gone = ended(status, { fineSince: at(5) });
      expect(look([gone], [finding()], 6)).toMatchObject({ open: [{ previousId: null }], changed: [] });
    },
  );

  it.each(["remediated", "dismissed", "accepted"] as const)(
    "as %s does not hold against drift of another kind",
    (status) => {
      const before = ended(status, status === "accepted" ? { acceptedUntil: at(100) } : {});
      expect(look([before], [finding(), finding("codex", "confidence")], 5).open).toMatchObject([{ previousId: "e1" }]);
    },
  );
});

describe("accepted drift", () => {
  const accepted = episode("accepted", { endedAt: at(0), acceptedUntil: at(100) });

  it("opens nothing until its waiver ends", () => {
    expect(look([accepted], [finding()], 99)).toEqual({ open: [], changed: [], lapsed: [] });
  });

  it("returns at the waiver's end, if it is still there, and names what was accepted", () => {
    expect(look([accepted], [finding()], 100)).toMatchObject({
      open: [{ provider: "codex", previousId: "e1" }],
      lapsed: [],
    });
    expect(look([accepted], [], 100).open).toEqual([]);
  });

  it.each([
    ["gone for an hour", 40, 100, true],
    ["gone, but not for an hour yet", 41, 100, false],
    ["gone for an hour, before its end", 10, 99, false],
  ])("%s: since minute %i, at minute %i, ends quietly: %s", (_, fineSince, minutes, ends) => {
    const { open, lapsed } = look([{ ...accepted, fineSince: at(fineSince) }], [], minutes);
    expect([open, lapsed]).toEqual([[], ends ? ["e1"] : []]);
  });

  it("is noted as gone, and as found again", () => {
    expect(look([accepted], [], 20).changed).toMatchObject([{ fineSince: at(20) }]);
    expect(look([{ ...accepted, fineSince: at(20) }], [finding()], 30).changed).toMatchObject([{ fineSince: null }]);
  });

  it("keeps nothing else from opening", () => {
    expect(look([accepted], [finding(null, "structural")], 50).open).toMatchObject([{ provider: null }]);
  });

  it("counts by the last waiver of several", () => {
    const later = episode("accepted", { id: "e2", openedAt: at(110), endedAt: at(120), acceptedUntil: at(200) });
    expect(look([later, accepted], [finding()], 150).open).toEqual([]);
    expect(look([accepted, later], [finding()], 200).open).toMatchObject([{ previousId: "e2" }]);
  });
});
