import { thegentDefaults } from "./drift";
import type { WindowRule } from "./drift-window";

/** What is followed as lines come: thegent's own numbers, which its commands use where nothing else is said. */
export const followed: WindowRule = { window: thegentDefaults.window, limit: thegentDefaults.limit, provider: null };
