import { expect, it } from "vitest";
import { coarseNetworkOf, networkOf } from "./network";

it.each([
  ["203.0.113.77", "203.0.113.77", "203.0.113.0/24"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"],
  ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64", "2001:db8:1::/48"],
  ["2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64", "2001:db8:1::/48"],
  ["2001:db8:1:3::1", "2001:db8:1:3::/64", "2001:db8:1::/48"],
  ["::1", "0:0:0:0::/64", "0:0:0::/48"],
  ["1::", "1:0:0:0::/64", "1:0:0::/48"],
  ["fe80::1%eth0", "fe80:0:0:0::/64", "fe80:0:0::/48"],
  ["unknown", "unknown", "unknown"],
  ["what: is this", "what: is this", "unknown"],
  ["", "", "unknown"],
])("%s is counted as %s and kept as %s", (address, network, kept) => {
  expect([networkOf(address), coarseNetworkOf(address)]).toEqual([network, kept]);
});
