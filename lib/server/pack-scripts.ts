/** What a build sends to browsers is packed once, as small as can be; packed for each request it would be larger, and cost the server its time. */
import fs from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

const [brotli, gzip] = [promisify(zlib.brotliCompress), promisify(zlib.gzip)];

/** Beside each script and style sheet below `directory` it puts what lib/server/packed-files.mjs sends. */
export async function packScripts(directory: string): Promise<void> {
  if (!fs.existsSync(directory)) return;
  const files = (await readdir(directory, { recursive: true })).filter((name) => /\.(js|css)$/.test(name));
  await Promise.all(
    files.map(async (name) => {
      const file = path.join(directory, name);
      const content = await readFile(file);
      await Promise.all([
        brotli(content).then((packed) => writeFile(`${file}.br`, packed)),
        gzip(content, { level: 9 }).then((packed) => writeFile(`${file}.gz`, packed)),
      ]);
    }),
  );
}
