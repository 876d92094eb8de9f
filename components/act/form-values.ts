/** Whose page it is. */
export type Me = { id: string; name: string };
