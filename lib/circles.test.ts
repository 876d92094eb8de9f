import path from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf, productFiles, type Import } from "./testing/imports-of";

type Nodes = (file: string) => string | null;

/** What lies at the head of an area or of the kernel is a place of its own: a contract stands below its area's acts, a port above them. */
const folderOf: Nodes = (file) =>
  /^lib\/(areas\/[^/]+|kernel)\/[^/]+$/.test(file) ? file.replace(/\.\w+$/, "") : path.posix.dirname(file);
const areaOf: Nodes = (file) => /^lib\/areas\/[^/]+/.exec(file)?.[0] ?? null;

type Source = { file: string; imports: readonly Import[] };

/** What stays for now, and why. */
const left: Readonly<Record<string, string>> = {
  "lib/areas/escalation/contract.ts imports lib/areas/override/port":
    "An item's page lists the overrides that were asked for from it, and takes their state (a type) from where it is defined. It goes when the page asks overrides for them.",
};

/** The ways round, each as the imports it is made of, of types too: who names another's types is bound to it. */
function circles(sources: readonly Source[], nodeOf: Nodes): string[] {
  const known = new Map(sources.map(({ file }) => [file.replace(/\.\w+$/, ""), file]));
  const ways = new Map<string, Map<string, string>>();
  for (const { file, imports } of sources) {
    for (const { of } of imports) {
      const target = known.get(of.replace(/\.mjs$/, ""));
      const [from, to] = [nodeOf(file), target ? nodeOf(target) : null];
      if (!from || !to || from === to || `${file} imports ${of}` in left) continue;
      const out = ways.get(from) ?? new Map<string, string>();
      ways.set(from, out.set(to, `${file} imports ${of}`));
    }
  }
  const found = [...ways.keys()].flatMap((start) => wayBack(start, ways) ?? []);
  return [...new Map(found.map((steps) => [[...steps].sort().join(), steps.join("; ")])).values()];
}

/** The steps of the shortest way from a place back to it; null: there is none. */
function wayBack(start: string, ways: ReadonlyMap<string, ReadonlyMap<string, string>>): [string[]] | null {
  const reached = new Map<string, string[]>([[start, []]]);
  for (const [place, steps] of reached) {
    for (const [to, why] of ways.get(place) ?? []) {
      if (to === start) return [[...steps, why]];
      if (!reached.has(to)) reached.set(to, [...steps, why]);
    }
  }
  return null;
}

const made = (...pairs: [string, string][]): Source[] => {
  const files = [...new Set(pairs.flat())];
  return files.map((file) => ({
    file,
    imports: pairs
      .filter(([from]) => from === file)
      .map(([, to]) => ({ of: to.replace(/\.\w+$/, ""), typeOnly: false })),
  }));
};

describe("no folder can be reached from itself", () => {
  const sources = productFiles()
    .filter((file) => /^(lib|components)\//.test(file) && !file.startsWith("lib/testing/"))
    .map((file) => ({ file, imports: importsOf(file) }));

  it("in lib and components", () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(circles(sources, folderOf)).toEqual([]);
  }, 60_000);

  it("nor can an area", () => {
    expect(circles(sources, areaOf)).toEqual([]);
  }, 60_000);

  it("without more left than there must be", () => {
    const made = sources.flatMap(({ file, imports }) => imports.map(({ of }) => `${file} imports ${of}`));
    expect(Object.keys(left).filter((one) => !made.includes(one))).toEqual([]);
  });

  it("would be found where no file imports itself by any way", () => {
    const through = made(["lib/kernel/act/a.ts", "lib/kernel/db/b.ts"], ["lib/kernel/db/c.ts", "lib/kernel/act/d.ts"]);
    expect(circles(through, folderOf)).toEqual([
      "lib/kernel/db/c.ts imports lib/kernel/act/d; lib/kernel/act/a.ts imports lib/kernel/db/b",
    ]);
  });

  it("would be found between two areas that use each other's doors", () => {
    const doors = made(
      ["lib/areas/a/acts/x.ts", "lib/areas/b/port.ts"],
      ["lib/areas/b/acts/y.ts", "lib/areas/a/port.ts"],
    );
    expect(circles(doors, folderOf)).toEqual([]);
    expect(circles(doors, areaOf)).toHaveLength(1);
  });

  it("is not seen in a contract below the acts, and a port above them", () => {
    expect(
      circles(
        made(["lib/areas/a/port.ts", "lib/areas/a/acts/x.ts"], ["lib/areas/a/acts/x.ts", "lib/areas/a/contract.ts"]),
        folderOf,
      ),
    ).toEqual([]);
  });
});
