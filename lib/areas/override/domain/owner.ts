/**
 * Whether it is the same owner. thegent compares character by character, so what only reads alike is somebody else: another case, another
 * spelling of the same letter, a character that nobody sees. lib/kernel/list/same-owner.ts says the same in SQL.
 */
export const isSameOwner = (one: unknown, other: string): boolean => one === other;
