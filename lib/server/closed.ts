/** What is the cockpit's own on disk is nobody else's to read: directories 0700, files 0600, also where an older version left them wider. */
import fs from "node:fs";
import path from "node:path";

export const closedDirectory = 0o700;
export const closedFile = 0o600;
/** Root's, where the account that runs PostgreSQL must pass through to what is its own: its group may enter, and see nothing. */
const passage = 0o710;

/** Makes the directory for this account alone, or closes the one that is there, but for a passage that was made. */
export function makeClosed(directory: string): void {
  fs.mkdirSync(path.dirname(directory), { recursive: true });
  const made = fs.mkdirSync(directory, { recursive: true, mode: closedDirectory });
  if (!made && (fs.statSync(directory).mode & 0o777) !== passage) narrow(directory, closedDirectory);
}

/** Closes the files that lie in the directory; what is in directories below is theirs to say. */
export function closeFiles(directory: string): void {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true }))
    if (entry.isFile()) narrow(path.join(directory, entry.name), closedFile);
}

/** Lets a group pass through a directory of root's, and nobody else. */
export function letPass(directory: string, gid: number): void {
  if (fs.statSync(directory).uid !== 0) return;
  fs.chownSync(directory, 0, gid);
  fs.chmodSync(directory, passage);
}

/** What belongs to another account, as a mounted volume may, has the mode that its owner gave it. */
function narrow(place: string, most: number): void {
  const stats = fs.statSync(place, { throwIfNoEntry: false });
  if (!stats || stats.uid !== process.getuid?.()) return;
  const mode = stats.mode & 0o777;
  if ((mode & most) !== mode) fs.chmodSync(place, mode & most);
}

/** Renamed into place, on disk: whoever is killed half way, or loses power, leaves the old one or the new one. `mayStill` is asked last, and throws. */
export function replaceClosed(file: string, text: string, mayStill?: () => void): void {
  const draft = `${file}.new`;
  fs.rmSync(draft, { force: true });
  fs.writeFileSync(draft, text, { mode: closedFile, flag: "wx", flush: true });
  mayStill?.();
  fs.renameSync(draft, file);
  syncDirectory(path.dirname(file));
}

/** A name that was given lasts. */
export function syncDirectory(directory: string): void {
  const fd = fs.openSync(directory, "r");
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
