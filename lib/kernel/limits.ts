/** How many characters a text of people's may have: of those that can be read at least `least`, altogether at most `most`. */
export type Limit = { readonly least: number; readonly most: number };

/** How much a field takes: more than may be sent, so that what is pasted is not cut off unseen, but said to be too long. */
export const room = ({ most }: Pick<Limit, "most">): number => 2 * most;
