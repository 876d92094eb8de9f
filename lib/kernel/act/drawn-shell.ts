/**
 * A document's shell: the page without what is read for it. It depends on the build, the address, the theme, and who asks with which roles,
 * and on nothing else, so that the web server (lib/server/documents.mjs) keeps it, and has what is read follow it in the same answer.
 */
import type { PersonActor } from "@/lib/model/decide";
import { served } from "./served";

/** Who a shell is drawn for, as far as it can show. */
export const whoseShell = ({ id, name, roles }: PersonActor): string => JSON.stringify([id, name, [...roles].sort()]);

/** Whether this page is drawn as a shell, and reads nothing. Asked where nothing can go wrong any more: from here on the shell may be kept. */
export function drawsShell(person: PersonActor): boolean {
  const store = served();
  if (store?.shellOf === undefined) return false;
  store.shellOf = whoseShell(person);
  return true;
}
