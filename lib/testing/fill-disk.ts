import fs from "node:fs";

/** Makes a file that takes all the room its disk has left, to the last byte. */
export function fillDisk(file: string): void {
  const handle = fs.openSync(file, "a");
  for (const size of [1 << 20, 4096, 1]) {
    try {
      for (;;) if (fs.writeSync(handle, Buffer.alloc(size, 1)) < size) break;
    } catch {
      // Full for pieces of this size.
    }
  }
  fs.closeSync(handle);
}
