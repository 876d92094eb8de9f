/** A name that identifies something, as it is drawn on pages and in mail: what cannot be seen of it, or turns it round, is named, as in "kp:the⟨U+200B⟩gent". */
export { nameUnseen as visibleText } from "@/lib/domain/text";
