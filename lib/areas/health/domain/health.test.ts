import { expect, it } from "vitest";
import { overallHealth, type Health } from "./health";

const well: Health = { database: "ok", reading: "ok", sources: "ok", clocks: "ok", notices: "ok" };

it.each<[Partial<Health>, ReturnType<typeof overallHealth>]>([
  [{}, "ok"],
  [{ database: "unreachable" }, "failing"],
  [{ database: "full" }, "failing"],
  [
    { database: "unreachable", reading: "unknown", sources: "unknown", clocks: "unknown", notices: "unknown" },
    "failing",
  ],
  [{ reading: "late" }, "troubled"],
  [{ reading: "unknown" }, "troubled"],
  [{ sources: "partly" }, "troubled"],
  [{ sources: "unreadable" }, "troubled"],
  [{ clocks: "late" }, "troubled"],
  [{ clocks: "unscheduled" }, "troubled"],
  [{ notices: "failing" }, "troubled"],
])("%j is %s", (change, expected) => expect(overallHealth({ ...well, ...change })).toBe(expected));
