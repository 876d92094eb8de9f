import { expect, it } from "vitest";
import { addressHealth } from "@/lib/kernel/act/address-seen";
import { noteAddress } from "./address-seen.mjs";

it("health says that people reach the cockpit elsewhere than COCKPIT_URL for an hour, and the log says where, once", () => {
  const said: string[] = [];
  const note = (address: string | null, at: number) =>
    noteAddress(address, "https://cockpit.example.org", at, (line) => said.push(line));
  const health = (at: number) => addressHealth(new Date(at));
  const hour = 3_600_000;
  note(null, 0);
  expect(health(0)).toBe("ok");
  note("http://ops.example.org", 1000);
  note("http://ops.example.org", 2000);
  note(null, 3000);
  expect([health(3000), health(1999 + hour), health(2000 + hour)]).toEqual(["differs", "differs", "ok"]);
  expect(said).toEqual([
    "Requests come by way of http://ops.example.org, but COCKPIT_URL is https://cockpit.example.org: acts from there are refused. Correct what the proxy sends, or COCKPIT_URL.",
  ]);
});
