import { expect, it } from "vitest";
import { sayAddress } from "./ready-message";

it.each<[string, boolean, RegExp | null]>([
  ["http://localhost:3000", false, null],
  ["https://cockpit.example.org", true, null],
  ["http://cockpit.example.org", true, null],
  ["http://cockpit.example.org", false, null],
  ["http://localhost:3000", true, /^COCKPIT_TRUST_PROXY is set, but COCKPIT_URL is http:\/\/localhost:3000/],
  ["http://[::1]:3000", true, /^COCKPIT_TRUST_PROXY is set/],
  ["https://cockpit.example.org", false, /COCKPIT_TRUST_PROXY is not set/],
])("the start says what does not go together: %s, behind a proxy: %s", (url, trustProxy, says) => {
  const said = sayAddress(url, trustProxy);
  if (says) expect(said).toEqual([expect.stringMatching(says)]);
  else expect(said).toEqual([]);
});
