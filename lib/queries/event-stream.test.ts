import { expect, test } from "vitest";
import { waitBefore } from "./event-stream";

test.each([
  [0, 0, 250],
  [0, 1, 500],
  [3, 1, 4000],
  [5, 1, 15_000],
  [1000, 0, 7500],
])("attempt %i with chance %d waits %i ms", (attempt, chance, milliseconds) => expect(waitBefore(attempt, chance)).toBe(milliseconds));
