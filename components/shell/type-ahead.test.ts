import { expect, test } from "vitest";
import { keepKey, type Ahead } from "./type-ahead";

const press = (ahead: Ahead, keys: readonly string[], now = 0, modified = false) => {
  const kept: boolean[] = [];
  for (const key of keys) {
    const step = keepKey(ahead, { key, now, modified });
    ahead = step.ahead;
    kept.push(step.kept);
  }
  return { ahead, kept };
};
const asked: Ahead = { typed: "", until: 5_000 };

test("what is typed after a form was asked for is kept for it, mended as it was mended", () => {
  expect(press(asked, [..."critica 💡"]).ahead?.typed).toBe("critica 💡");
  expect(press(asked, ["a", "💡", "Backspace", "Backspace", "Backspace", "b"]).ahead?.typed).toBe("b");
});

test("Enter is swallowed, for no row and no button is meant by it; what moves the focus and what belongs to the browser is not", () => {
  expect(press(asked, ["Enter", "Tab", "Shift", "F5", "ArrowDown"])).toEqual({
    ahead: asked,
    kept: [true, false, false, false, false],
  });
  expect(press(asked, ["r"], 0, true)).toEqual({ ahead: asked, kept: [false] });
});

test("without a form asked for, after Escape, and when the form does not come, keys are what they were", () => {
  expect(press(null, ["c"])).toEqual({ ahead: null, kept: [false] });
  expect(press(asked, ["a", "Escape", "c"])).toEqual({ ahead: null, kept: [true, false, false] });
  expect(press(asked, ["c"], 5_001)).toEqual({ ahead: null, kept: [false] });
});
