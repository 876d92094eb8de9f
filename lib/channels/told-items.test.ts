import { describe, expect, it } from "vitest";
import { bundleOf, told } from "@/lib/testing/bundles";
import { deliveryId } from "./delivery-id";
import { toldItems } from "./told-items";

const due = (time: string | null) => (time ? new Date(`2026-02-10T${time}Z`) : null);

describe("what is told, item by item", () => {
  it("puts first what asks most, then what is due first", () => {
    const notices = [
      told({ kind: "informed", item: { id: "a", dueAt: due("01:00:00") } }),
      told({ kind: "action", item: { id: "b", dueAt: null } }),
      told({ kind: "action", item: { id: "d", dueAt: due("10:00:00") } }),
      told({ kind: "action", item: { id: "c", dueAt: due("10:00:00") } }),
      told({ kind: "consult", item: { id: "e", dueAt: due("02:00:00") } }),
    ];
    expect(toldItems(notices).map(({ item }) => item.id)).toEqual(["c", "d", "b", "e", "a"]);
  });

  it("folds what is said about one item, newest first, and counts repeats", () => {
    const notices = [
      told({ noticeId: "1", kind: "informed", says: "It was opened.", at: due("08:00:00")!, item: { reason: "old" } }),
      told({ noticeId: "2", says: "Nobody claimed it.", at: due("08:10:00")! }),
      told({ noticeId: "3", says: "Nobody claimed it.", at: due("08:20:00")!, item: { reason: "new" } }),
    ];
    expect(toldItems(notices)).toEqual([
      { item: notices[2]!.item, kind: "action", says: [{ sentence: "Nobody claimed it.", times: 2 }, { sentence: "It was opened.", times: 1 }] },
    ]);
  });
});

describe("the delivery id", () => {
  const one = told({ noticeId: "1" });
  const two = told({ noticeId: "2" });
  it("is the same for the same person and notices, in any order", () => {
    expect(deliveryId(bundleOf([one, two]))).toBe(deliveryId({ ...bundleOf([two, one]), at: new Date(0) }));
  });
  it("is another for another notice, for one that was told once more, and for another person", () => {
    const ids = [bundleOf([one]), bundleOf([one, two]), bundleOf([{ ...one, times: 2 }]), bundleOf([one], { id: "person-2" })].map(deliveryId);
    expect(new Set(ids).size).toBe(4);
  });
});
