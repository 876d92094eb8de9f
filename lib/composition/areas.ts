import "server-only";
import { driftArea } from "@/lib/areas/drift/area";
import { escalationArea } from "@/lib/areas/escalation/area";
import { overrideArea } from "@/lib/areas/override/area";
import type { AreaClock, Passing } from "@/lib/kernel/subject/pass-time";

type Area = {
  clock?: AreaClock;
  /** What it looks after each minute, and once a worker begins. */
  watch?: (input: Passing) => Promise<void>;
};

const areas: readonly Area[] = [escalationArea, overrideArea, driftArea];

/** The clocks of all areas whose things time changes. */
export const areaClocks: readonly AreaClock[] = areas.flatMap(({ clock }) => clock ?? []);

/** What areas look after by themselves. */
export const areaWatches = areas.flatMap(({ watch }) => watch ?? []);
