import { nameUnseen } from "./text";

/** A name that identifies something, as it is drawn on pages and in mail: what cannot be seen of it, or turns it round, is named, as in "kp:the⟨U+200B⟩gent". */
export const visibleText = (name: string): string => nameUnseen(name);

/** An item's owner as it is drawn; null where its record names none. */
export const sayOwner = ({ owner, ownerShown }: { owner: string | null; ownerShown: string | null }): string | null =>
  owner === null ? ownerShown : visibleText(owner);
