import { expect, it } from "vitest";
import { isOwn } from "./own-origin";

const own = "https://cockpit.example.org";

it.each([
  [own, "same-origin", true],
  [own, null, true],
  [null, "same-origin", true],
  [null, null, true],
  ["null", "same-origin", false],
  ["null", null, false],
  ["http://cockpit.example.org", null, false],
  ["https://cockpit.example.org:8443", null, false],
  ["https://cockpit.example.org.evil.example", null, false],
  ["https://evil.example", "cross-site", false],
  [null, "cross-site", false],
  [null, "same-site", false],
  [null, "none", false],
  ["", null, false],
  ["what is this", null, false],
])("a form from origin %j, site %j, is ours: %s", (origin, site, ours) => expect(isOwn(own, origin, site)).toBe(ours));
