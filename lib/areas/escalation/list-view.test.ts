import { expect, it } from "vitest";
import { viewOf } from "./list-view";

it.each([
  ["", ""],
  ["?", ""],
  ["state=active&sort=due", ""],
  ["claim=mine&lane=critical&sort=-level", "sort=-level&lane=critical&claim=mine"],
  ["?owner=ana%3Ashop&after=abc&before=def", "owner=ana%3Ashop"],
  ["sort=nonsense&level=x&priority=2&unknown=1", "priority=2"],
  ["columns=lane,nonsense,owner", "columns=lane%2Cowner"],
  ["columns=", "columns="],
  ["lane=a%00b", ""],
])("the view of “%s” is “%s”", (text, view) => expect(viewOf(text)).toBe(view));

it("is the view of itself", () => {
  const text = viewOf("state=breaches&sla=past&path=incident&owner=%E6%9D%8E");
  expect(viewOf(text)).toBe(text);
});
