// @ts-check
/** Which rows of the table (architecture.mjs) a file meets. */
import { fences, reserved } from "./architecture.mjs";

/** @param {string} file path from the repository's root, without its ending */
export const reservedFrom = (file) =>
  reserved.filter(({ module, by }) => !isWithin(file, module) && !by.some((one) => isWithin(file, one)));

/** @param {string} file path from the repository's root */
export function fenceOf(file) {
  const [fence] = fences
    .filter(({ folder }) => isWithin(file, folder))
    .sort((a, b) => b.folder.length - a.folder.length);
  return (
    fence && {
      ...fence,
      folder: ownOf(fence.folder, file),
      may: fence.may.map((one) => ownOf(one, file)),
      mayType: fence.mayType?.map((one) => ownOf(one, file)),
    }
  );
}

/** The area that a file belongs to, its pages too; null: none. @param {string} file */
export const areaOf = (file) => /^(?:lib\/areas|components)\/([^/.]+)\//.exec(file)?.[1] ?? null;

/** "~" is the file's own area, and so is the "*" of the row it stands in. @param {string} pattern @param {string} file */
function ownOf(pattern, file) {
  const area = areaOf(file) ?? "*";
  if (pattern.startsWith("~")) return `lib/areas/${area}${pattern.slice(1)}`;
  return isWithin(file, pattern) ? pattern.replace("*", area) : pattern;
}

/** Made once each: every import is held against every row. @type {Map<string, RegExp>} */
const patterns = new Map();

/** @param {string} folder */
function patternOf(folder) {
  const pattern =
    patterns.get(folder) ?? new RegExp(`^${folder.replaceAll(".", "\\.").replace("*", "[^/.]+")}(?=$|[/.])`);
  patterns.set(folder, pattern);
  return pattern;
}

/** @param {string} file @param {string} folder may hold a "*" for one name */
export function isWithin(file, folder) {
  if (folder.includes("*")) return patternOf(folder).test(file);
  return file === folder || file.startsWith(`${folder}/`) || file.startsWith(`${folder}.`);
}
