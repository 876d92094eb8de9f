import "server-only";
import { escalationArea } from "@/lib/areas/escalation/area";
import { overrideArea } from "@/lib/areas/override/area";
import type { AreaClock } from "@/lib/kernel/subject/pass-time";

type Area = { clock?: AreaClock };

const areas: readonly Area[] = [escalationArea, overrideArea];

/** The clocks of all areas whose things time changes. */
export const areaClocks: readonly AreaClock[] = areas.flatMap(({ clock }) => clock ?? []);
