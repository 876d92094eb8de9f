import type { Whose } from "@/lib/kernel/act/whose";

/**
 * Whose page this is, and who is signed in in this browser as far as the last answer said. Cookies belong to the browser, a page to the person it was
 * drawn for: once another is signed in beside it, nothing that the server answers is for this page any more, and no press on it is theirs.
 */
let owner: Whose | null = null;
/** Somebody else; null when nobody; undefined while it is the owner. `name` is null until it is known. */
export type Other = { id: string; name: string | null } | null | undefined;
let other: Other;
const listeners = new Set<() => void>();

/** For useSyncExternalStore. */
export const otherPerson = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  get: (): Other => other,
};

/** The page was drawn for this person. */
export function drawnFor(person: Whose): void {
  owner = person;
}

/** Takes from an answer who is signed in now, null for nobody; whether that is somebody else than the page's owner. */
export function hearPerson(id: string | null, name: string | null = null): boolean {
  if (!owner) return false;
  const next: Other =
    id === owner.id ? undefined : id === null ? null : { id, name: name ?? (other?.id === id ? other.name : null) };
  const same = next?.id === other?.id && next?.name === other?.name && (next === null) === (other === null);
  if (!same) {
    other = next;
    for (const listener of listeners) listener();
  }
  return next !== undefined;
}

/** Who is signed in, and whose page it is, in a sentence; null while they are the same. */
export function sayOther(who: Other = other, whose: Whose | null = owner): string | null {
  if (who === undefined || !whose) return null;
  const page = `this page was ${whose.name}’s.`;
  return who === null
    ? `You are signed out; ${page}`
    : `You are signed in as ${who.name ?? "somebody else"} now; ${page}`;
}
