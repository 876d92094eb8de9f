/** How much script each page of a build asks a browser for before it is whole, as it is on the wire to one that takes brotli. */
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

type Page = { route: string; bytes: number };

const kB = 1024;
/** What a page may cost. Over it, take something out of its first load (`next/dynamic`) rather than write a larger number. */
const limit = 165 * kB;

/** A sentence for each page over its limit. */
export function tooLarge(pages: readonly Page[]): string[] {
  return pages
    .filter(({ bytes }) => bytes > limit)
    .map(
      ({ route, bytes }) =>
        `The first load of ${route} is ${(bytes / kB).toFixed(1)} kB of script; it may be ${limit / kB} kB (lib/testing/first-load.ts).`,
    );
}

/** By what the build says of itself: the scripts of the framework, and those of the page and of every layout around it, each as it was packed. */
export function firstLoads(build: string): Page[] {
  const at = (...parts: string[]) => path.join(build, ".next", ...parts);
  const json = <T>(...parts: string[]) => JSON.parse(fs.readFileSync(at(...parts), "utf8")) as T;
  const size = (script: string) => fs.statSync(at(`${script}.br`)).size;
  const pages = Object.entries(json<Record<string, string>>("app-path-routes-manifest.json")).filter(([page]) =>
    page.endsWith("/page"),
  );
  return pages.map(([page, route]) => {
    const { rootMainFiles } = json<{ rootMainFiles: string[] }>("server/app", page, "build-manifest.json");
    const scripts = new Set([
      ...rootMainFiles,
      ...Object.values(entriesOf(at("server/app", `${page}_client-reference-manifest.js`), page)).flat(),
    ]);
    return { route, bytes: [...scripts].reduce((sum, script) => sum + size(script), 0) };
  });
}

/** The manifest is a script that leaves its table on `globalThis`. */
function entriesOf(file: string, page: string): Record<string, string[]> {
  const globals: { __RSC_MANIFEST?: Record<string, { entryJSFiles: Record<string, string[]> }> } = {};
  vm.runInNewContext(fs.readFileSync(file, "utf8"), { globalThis: globals });
  return globals.__RSC_MANIFEST![page]!.entryJSFiles;
}
