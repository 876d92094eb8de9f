import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { firstLoads, tooLarge } from "./first-load";

/** A build of one page in a layout, as Next leaves it: packed as lib/server/build.ts leaves it. */
function buildOf(sizes: Record<string, number>): string {
  const build = fs.mkdtempSync(path.join(os.tmpdir(), "cockpit-first-load-"));
  onTestFinished(() => fs.rmSync(build, { recursive: true, force: true }));
  const write = (name: string, content: string | Buffer) => {
    fs.mkdirSync(path.dirname(path.join(build, ".next", name)), { recursive: true });
    fs.writeFileSync(path.join(build, ".next", name), content);
  };
  for (const [name, size] of Object.entries(sizes)) write(`static/${name}.js.br`, randomBytes(size));
  write(
    "app-path-routes-manifest.json",
    JSON.stringify({ "/(group)/list/page": "/list", "/api/list/route": "/api/list" }),
  );
  write(
    "server/app/(group)/list/page/build-manifest.json",
    JSON.stringify({ polyfillFiles: ["static/old.js"], rootMainFiles: ["static/root.js"] }),
  );
  const entryJSFiles = {
    "[project]/app/layout": ["static/layout.js"],
    "[project]/app/(group)/list/page": ["static/layout.js", "static/page.js"],
  };
  write(
    "server/app/(group)/list/page_client-reference-manifest.js",
    `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};\nglobalThis.__RSC_MANIFEST["/(group)/list/page"] = ${JSON.stringify({ entryJSFiles })};`,
  );
  return build;
}

it("is the framework's scripts, the page's and its layouts', each once, and nothing that only old browsers ask for", () => {
  const [page, ...others] = firstLoads(
    buildOf({ root: 100_000, layout: 20_000, page: 3_000, old: 40_000, later: 50_000 }),
  );
  expect(others).toEqual([]);
  expect(page!.route).toBe("/list");
  expect(page!.bytes).toBe(123_000);
});

it("may be 165 kB, and a page over it is named with what it has", () => {
  expect(tooLarge([{ route: "/list", bytes: 165 * 1024 }])).toEqual([]);
  expect(tooLarge([{ route: "/list", bytes: 165 * 1024 + 1000 }])).toEqual([
    "The first load of /list is 166.0 kB of script; it may be 165 kB (lib/testing/first-load.ts).",
  ]);
});
