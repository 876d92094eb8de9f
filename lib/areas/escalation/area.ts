import "server-only";
import { itemClock } from "./acts/pass-time";

/** What the area registers with (lib/composition/areas.ts). */
export const escalationArea = { clock: itemClock };
