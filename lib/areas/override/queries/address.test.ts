import { expect, test } from "vitest";
import { overrideQuerySchema, type OverrideQuery } from "@/lib/areas/override/contract";
import { exportAddress, overrideParameters, overridesAddress } from "./address";

test.each<[OverrideQuery, string]>([
  [{ tab: "awaiting" }, "/overrides"],
  [{ tab: "active" }, "/overrides?tab=active"],
  [
    { tab: "history", q: "a & b", status: "denied", owner: "ana:shop", from: "2026-02-01", to: "2026-03-01" },
    "/overrides?tab=history&q=a+%26+b&status=denied&owner=ana%3Ashop&from=2026-02-01&to=2026-03-01",
  ],
])("%j is said by %s, and read back", (query, address) => {
  expect(overridesAddress(query)).toBe(address);
  expect(overrideQuerySchema.parse(Object.fromEntries(new URLSearchParams(overrideParameters(query))))).toEqual(query);
});

test("an export says its tab and the same filters", () =>
  expect(exportAddress({ tab: "history", q: "pay", from: "2026-02-01" }, "csv")).toBe(
    "/api/overrides/export?tab=history&q=pay&from=2026-02-01&format=csv",
  ));
