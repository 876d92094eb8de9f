import { expect, test } from "vitest";
import type { QueueRecordView } from "@/lib/areas/escalation/contract";
import { detail } from "./fixtures";
import { sayLater } from "./say-records";

const record = detail.records[0]!;
const later: QueueRecordView = { ...record, line: 7, dialect: "later", priority: 1 };

test.each<[string, QueueRecordView[], string | null]>([
  ["nothing of the reference's records", [record], null],
  ["nothing of records that do not tell", [{ ...record, dialect: null }], null],
  [
    "which line, and what its priority is here",
    [record, later],
    "Line 7 was written by a later thegent, whose most urgent priority is 1: 1 there is 4 here.",
  ],
  [
    "each priority once",
    [later, { ...later, line: 8 }, { ...later, line: 9, priority: 5 }],
    "Lines 7, 8, 9 were written by a later thegent, whose most urgent priority is 1: 1 there is 4 here, 5 there is 0 here.",
  ],
  [
    "that it says none",
    [{ ...later, priority: null }],
    "Line 7 was written by a later thegent, whose most urgent priority is 1: none there is 0 here.",
  ],
  [
    "whose SLA it is due by",
    [{ ...later, escalateBy: null }],
    "Line 7 was written by a later thegent, whose most urgent priority is 1: 1 there is 4 here. Without an SLA of its own it is due after the setting's.",
  ],
  [
    "only so many lines",
    Array.from({ length: 9 }, (_, i) => ({ ...later, line: i })),
    "Lines 0, 1, 2, 3, 4, 5 and 3 more were written by a later thegent, whose most urgent priority is 1: 1 there is 4 here.",
  ],
])("records of a later thegent say %s", (_, records, says) => expect(sayLater(records)).toBe(says));
