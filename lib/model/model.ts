import { actions } from "./actions";
import { matrix, type Matrix } from "./matrix";
import { ownership } from "./ownership";
import { paths } from "./paths";
import { settingDefinitions } from "./settings";
import { severityTable } from "./severities";

/** The operating model as one value. Its version is a digest of everything a decision may depend on. */
export type OperatingModel = { version: string; matrix: Matrix };

export const operatingModel: OperatingModel = {
  version: digest({ matrix, ownership, paths, severityTable, settingDefinitions, actions }),
  matrix,
};

/** FNV-1a, 64 bit, over JSON: names a version; proves nothing. (The domain has no I/O, and node:crypto is not in the browser.) */
function digest(value: unknown): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(JSON.stringify(value))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return `om-${hash.toString(16).padStart(16, "0")}`;
}
