import { expect, test } from "vitest";
import { endAfter, sayApproved } from "./prepare-acts";

test("a shorter validity says what was asked for", () => {
  expect(sayApproved({ approvedSeconds: 900, requestedSeconds: 3600 })).toBe("15 min; 1 h were asked for");
  expect(sayApproved({ approvedSeconds: 3600, requestedSeconds: 3600 })).toBe("1 h");
  expect(endAfter(60, Date.parse("2026-02-10T12:00:00.900Z"))).toBe("2026-02-10T12:01:00.000Z");
});
