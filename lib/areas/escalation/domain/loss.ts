/**
 * What it means that a record of an open item is gone from thegent's file. The reference takes nothing away, so nobody resolved it; a later
 * thegent takes away what it resolves, and by its rewriting what others wrote meanwhile, and nothing tells the two apart.
 */
export const sayLoss = (resolvesByRemoving: boolean, it: "it" | "them" = "it"): string =>
  resolvesByRemoving
    ? "a later thegent takes away what it resolves, so this may be a resolution there"
    : `nobody resolved ${it}`;
