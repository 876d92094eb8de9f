import { expect, it } from "vitest";
import { admitStranger } from "./strangers";

const hour = 3_600_000;
const refused = { subject: { kind: "escalation", id: null }, because: "Nobody is signed in." };

it("a thousand refusals of strangers an hour are recorded; the next one recorded says how many were left out", () => {
  const begin = hour * 10;
  const first = Array.from({ length: 1007 }, (_, n) => admitStranger(refused, begin + n));
  expect(first.slice(0, 1000)).toEqual(Array(1000).fill(refused));
  expect(first.slice(1000)).toEqual(Array(7).fill(null));
  expect(admitStranger(refused, begin + hour - 1)).toBeNull();
  expect(admitStranger({ ...refused, after: { origin: "null" } }, begin + hour)).toEqual({
    ...refused,
    after: { origin: "null", leftOut: 8 },
  });
  expect(admitStranger(refused, begin + hour)).toEqual(refused);
});
