import { everyPath, everyStage } from "./item-scenes";
import { overrides } from "./override-scene";
import type { Scene } from "./scene";
import { busyQueue, denials, unusableLines } from "./thegent-scenes";

/** `npm run cockpit -- seed NAME`; tests begin with the same ones. */
export const scenes: Readonly<Record<string, Scene>> = {
  denials,
  "busy-queue": busyQueue,
  "unusable-lines": unusableLines,
  "every-path": everyPath,
  "every-stage": everyStage,
  overrides,
};
