/** A row of `from` can name one of `to`. */
export type Reference = { from: string; to: string };

/** Tables so that each comes after those that it refers to; among equals in the order given. Throws where they refer to each other in a circle; to itself a table may. */
export function inLoadingOrder<T extends { table: string }>(
  tables: readonly T[],
  references: readonly Reference[],
): T[] {
  const ordered: T[] = [];
  let waiting = [...tables];
  while (waiting.length) {
    const names = new Set(waiting.map(({ table }) => table));
    const isFree = ({ table }: T) =>
      references.every(({ from, to }) => from !== table || to === table || !names.has(to));
    const free = waiting.filter(isFree);
    if (!free.length) throw new Error(`These tables refer to each other in a circle: ${[...names].join(", ")}.`);
    ordered.push(...free);
    waiting = waiting.filter((one) => !free.includes(one));
  }
  return ordered;
}
