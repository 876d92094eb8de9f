import { describe, expect, it } from "vitest";
import { told } from "@/lib/testing/bundles";
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
      {
        item: notices[2]!.item,
        kind: "action",
        says: [
          { sentence: "Nobody claimed it.", times: 2 },
          { sentence: "It was opened.", times: 1 },
        ],
      },
    ]);
  });
});
