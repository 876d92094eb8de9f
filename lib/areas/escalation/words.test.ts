import { describe, expect, test } from "vitest";
import type { Rejection } from "@/lib/areas/escalation/domain/transitions";
import { sayRejection } from "./words";

const names = { p1: "Maya Okafor" };

describe("a refused transition is told in one sentence", () => {
  test.each<[Rejection, string]>([
    [{ why: "already-closed", status: "resolved", byId: "p1" }, "This item is already resolved, by Maya Okafor."],
    [{ why: "already-closed", status: "cancelled", byId: null }, "This item is already cancelled."],
    [{ why: "already-closed", status: "cancelled", byId: "p1" }, "This item is already cancelled, by Maya Okafor."],
    [{ why: "already-closed", status: "overridden", byId: "gone" }, "This item is already overridden, by a colleague."],
    [{ why: "already-claimed", byId: "p1" }, "Maya Okafor has claimed this item already."],
    [{ why: "already-claimed", byId: "gone" }, "A colleague has claimed this item already."],
    [
      { why: "claimed-by-another", byId: "p1" },
      "Maya Okafor works on this item; it is theirs to resolve until it is released.",
    ],
    [
      { why: "claimed-by-another", byId: "constructor" },
      "A colleague works on this item; it is theirs to resolve until it is released.",
    ],
    [{ why: "not-claimed" }, "Nobody has claimed this item, so there is nothing to release."],
    [{ why: "late-cause-missing" }, "This item is past its SLA: say what caused the lateness."],
    [{ why: "no-breach" }, "This item has missed no SLA, so there is no breach to sign off."],
    [{ why: "already-signed-off", byId: "p1" }, "Maya Okafor has signed this breach off already."],
    [{ why: "already-signed-off", byId: "gone" }, "A colleague has signed this breach off already."],
    [{ why: "nothing-to-find" }, "Items of this path ask for no finding; write a comment."],
    [{ why: "not-theirs-to-do", byId: "p1" }, "Maya Okafor holds no role that works on such an item."],
    [{ why: "not-lost" }, "This item's record is not gone from thegent's file, so there is nothing to add again."],
    [{ why: "still-open" }, "This item is open, so there is nothing to reopen."],
  ])("%j", (rejection, sentence) => {
    expect(sayRejection(rejection, names)).toBe(sentence);
  });
});
