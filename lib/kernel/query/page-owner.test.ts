import { expect, test } from "vitest";
import { drawnFor, hearPerson, otherPerson, sayOther, type Other } from "./page-owner";

const olga = { id: "o", name: "Olga Operator" };

test.each<[Other, string | null]>([
  [undefined, null],
  [null, "You are signed out; this page was Olga Operator’s."],
  [{ id: "p", name: "Paula Owner" }, "You are signed in as Paula Owner now; this page was Olga Operator’s."],
  [{ id: "p", name: null }, "You are signed in as somebody else now; this page was Olga Operator’s."],
])("%j is said as %j", (other, says) => expect(sayOther(other, olga)).toBe(says));

test("a page notices from any answer who is signed in now, once for each change, also that its owner is back", () => {
  expect(hearPerson("p")).toBe(false);
  drawnFor(olga);
  let told = 0;
  const leave = otherPerson.subscribe(() => told++);
  const heard = (...person: Parameters<typeof hearPerson>) => [hearPerson(...person), otherPerson.get(), told];
  expect(heard("o")).toEqual([false, undefined, 0]);
  expect(heard("p")).toEqual([true, { id: "p", name: null }, 1]);
  expect(heard("p", "Paula Owner")).toEqual([true, { id: "p", name: "Paula Owner" }, 2]);
  expect(heard("p")).toEqual([true, { id: "p", name: "Paula Owner" }, 2]);
  expect(heard("s")).toEqual([true, { id: "s", name: null }, 3]);
  expect(heard(null)).toEqual([true, null, 4]);
  expect(heard(null)).toEqual([true, null, 4]);
  expect(heard("o")).toEqual([false, undefined, 5]);
  leave();
});
