/** Where tiles stand below a log's address (C2SP tlog-tiles). */

/** `width`: hashes or entries in it, 256 when it is full. */
export type Tile = { level: number | "entries"; index: bigint; width: number };

const tileWidth = 256;

/** 1234067 is x001/x234/067. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = index.toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/g)!;
  const place = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${place}${width < tileWidth ? `.p/${width}` : ""}`;
}

/** The tile of a path as `tilePath` writes it; null for any other way to write one. */
export function parseTilePath(path: string): Tile | null {
  const [, level = "", place = "", width] =
    /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  if (!level) return null;
  const tile: Tile = {
    level: level === "entries" ? level : Number(level),
    index: BigInt(place.replaceAll(/[x/]/g, "")),
    width: width === undefined ? tileWidth : Number(width),
  };
  return tile.width > 0 && tile.level !== 64 && tilePath(tile) === path ? tile : null;
}

/** Whether a tree of `size` leaves has this tile, in this width: a full one, or the partial one at its right edge. */
export function hasTile(size: bigint, { level, index, width }: Tile): boolean {
  const hashes = size >> (8n * BigInt(level === "entries" ? 0 : level));
  const from = index * BigInt(tileWidth);
  return from + BigInt(width) <= hashes;
}
