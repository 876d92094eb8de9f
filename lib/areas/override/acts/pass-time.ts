import "server-only";
import { passTimeOfOverride, type OverrideDue } from "@/lib/areas/override/domain/next";
import { endings } from "@/lib/areas/override/domain/tells";
import type { StoredOverride } from "@/lib/areas/override/read/item";
import { lockDueOverrides, saveOverrides, type NextOverride } from "@/lib/areas/override/store/writes";
import { clockOf } from "@/lib/kernel/subject/pass-time";
import { grantSystem } from "@/lib/model/grant-system";
import { operatingModel } from "@/lib/model/model";
import { overrides } from "./change-override";

/** Deadlines that passed, ends that come, and what is over. */
export const overrideClock = clockOf<"override", "override.pass-time", StoredOverride, NextOverride, OverrideDue>({
  kind: "override",
  grant: (by) => grantSystem(operatingModel, "override.pass-time", by),
  lockDue: lockDueOverrides,
  age: (before, now) => {
    const { override: next, happened } = passTimeOfOverride(before, now);
    return { next, happened };
  },
  about: overrides.about,
  heard: overrides.heard,
  settles: ({ status }) => (status === "expired" ? endings.end : null),
  timeEvents: overrides.timeEvents,
  save: saveOverrides,
});
export const { passTime: passTimeOfOverrides } = overrideClock;
