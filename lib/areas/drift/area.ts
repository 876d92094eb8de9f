import "server-only";
import { lookAtDrift } from "./acts/look-at-drift";

/** What the area registers with (lib/composition/areas.ts). */
export const driftArea = { watch: lookAtDrift };
