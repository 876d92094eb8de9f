import { describe, expect, test } from "vitest";
import type { Rejection } from "@/lib/domain/escalation/transitions";
import { sayRejection } from "./rejections";

const names = { p1: "Maya Okafor" };

describe("a refused transition is told in one sentence", () => {
  test.each<[Rejection, string]>([
    [{ why: "already-closed", status: "resolved", byId: "p1" }, "This item is already resolved, by Maya Okafor."],
    [{ why: "already-closed", status: "cancelled", byId: null }, "This item is already cancelled, because thegent no longer waits for it."],
    [{ why: "already-claimed", byId: "p1" }, "Maya Okafor has claimed this item already."],
    [{ why: "already-claimed", byId: "gone" }, "A colleague has claimed this item already."],
    [{ why: "claimed-by-another", byId: "p1" }, "Maya Okafor works on this item; it is theirs to resolve until it is released."],
    [{ why: "claimed-by-another", byId: "constructor" }, "A colleague works on this item; it is theirs to resolve until it is released."],
    [{ why: "not-claimed" }, "Nobody has claimed this item, so there is nothing to release."],
    [{ why: "late-cause-missing" }, "This item is past its SLA: say what caused the lateness."],
  ])("%j", (rejection, sentence) => {
    expect(sayRejection(rejection, names)).toBe(sentence);
  });
});
