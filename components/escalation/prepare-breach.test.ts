import { expect, test } from "vitest";
import { sayBreachesTab } from "./prepare-breach";

test("the tab counts the breaches, none too, and keeps silent while the figure is not known", () => {
  expect(sayBreachesTab({ breaches: 1400 })).toBe("Breaches 1,400");
  expect(sayBreachesTab({ breaches: 0 })).toBe("Breaches 0");
  expect(sayBreachesTab(undefined)).toBe("Breaches");
});
