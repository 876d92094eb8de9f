import "server-only";
import { hash, verify } from "@node-rs/argon2";

/** The same letters have several spellings (é as one character or two, full-width forms), and keyboards differ in which they send. */
const asTyped = (password: string): string => password.normalize("NFKC");

/** argon2id with the library's defaults (19 MiB, 2 passes), as a PHC string. */
export const hashPassword = (password: string): Promise<string> => hash(asTyped(password));

let decoy: Promise<string> | undefined;

/** Takes as long for an unknown person (`stored` null) as for a known one. Hashes made before spellings were made one are good for the old one. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hash("nobody's password");
  const against = stored ?? (await decoy);
  for (const spelling of new Set([asTyped(password), password])) {
    if ((await verify(against, spelling).catch(() => false)) && stored !== null) return true;
  }
  return false;
}
