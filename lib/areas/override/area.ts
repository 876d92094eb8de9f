import "server-only";
import { overrideClock } from "./acts/pass-time";

/** What the area registers with (lib/composition/areas.ts). */
export const overrideArea = { clock: overrideClock };
