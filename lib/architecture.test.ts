import fs from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import { fences, reserved } from "./architecture.mjs";
import { areaOf, fenceOf, isWithin, reservedFrom } from "./architecture-rows.mjs";
import { importsOf, places, productFiles, root, type Import } from "./testing/imports-of";

/** Sentences about what a file imports and must not. */
function trespasses(file: string, imports: Import[]): string[] {
  const fence = fenceOf(file);
  if (!fence) return [`${file} lies in no folder of the table in lib/architecture.mjs`];
  const closed = reservedFrom(file);
  return imports.flatMap(({ of, typeOnly }) => {
    const kept = typeOnly ? undefined : closed.find(({ module }) => of === module);
    if (kept) return [`${file} imports ${of}, which is kept for ${kept.by.join(", ")}. Instead: ${kept.instead}.`];
    const ours = places.concat("bin", "prisma").some((place) => isWithin(of, place));
    const allowed = ours
      ? isWithin(of, fence.folder) ||
        [...fence.may, ...(typeOnly ? (fence.mayType ?? []) : [])].some((folder) => isWithin(of, folder))
      : !(fence.never?.test(of) ?? false);
    return allowed
      ? []
      : [
          `${file} imports ${of}. Allowed: ${fence.may.join(", ") || "nothing of ours"}. Instead: ${insteadOf(of, file) ?? fence.instead}.`,
        ];
  });
}

/** Of another area's inside: its door. */
function insteadOf(of: string, file: string): string | null {
  const [area, own] = [areaOf(of), areaOf(file)];
  return of.startsWith("lib/areas/") && own !== null && area !== own
    ? `what lib/areas/${area}/port.ts offers, or page-port.ts to pages; name there what is meant for others`
    : null;
}

describe("the architecture", () => {
  it("has arrows that run one way", () => {
    const files = productFiles();
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => trespasses(file, importsOf(file)))).toEqual([]);
  }, 60_000);

  it("keeps what serves tests out of the product", () => {
    const product = productFiles().filter(
      (file) => !["lib/testing", "bench", "e2e"].some((place) => isWithin(file, place)),
    );
    expect(product.filter((file) => importsOf(file).some(({ of }) => isWithin(of, "lib/testing")))).toEqual([]);
  }, 60_000);

  it.each([
    ["lib/areas/escalation/domain/x.ts", { of: "lib/kernel/db/client", typeOnly: false }],
    ["lib/areas/escalation/domain/x.ts", { of: "node:fs", typeOnly: false }],
    ["lib/areas/escalation/domain/x.ts", { of: "lib/kernel/env", typeOnly: false }],
    ["lib/areas/escalation/acts/x.ts", { of: "next/headers", typeOnly: false }],
    ["lib/areas/escalation/acts/x.ts", { of: "@prisma/client", typeOnly: false }],
    ["lib/areas/escalation/read/x.ts", { of: "lib/areas/escalation/acts/x", typeOnly: true }],
    ["lib/areas/escalation/read/x.ts", { of: "lib/areas/escalation/store/x", typeOnly: false }],
    ["lib/areas/escalation/contract.ts", { of: "lib/areas/escalation/read/x", typeOnly: false }],
    ["lib/areas/override/acts/x.ts", { of: "lib/areas/escalation/acts/x", typeOnly: false }],
    ["lib/areas/override/acts/x.ts", { of: "lib/areas/escalation/domain/x", typeOnly: true }],
    ["lib/areas/override/port.ts", { of: "lib/areas/escalation/store/x", typeOnly: false }],
    ["lib/areas/override/domain/x.ts", { of: "lib/areas/escalation/port", typeOnly: false }],
    ["lib/kernel/notice/x.ts", { of: "lib/areas/escalation/port", typeOnly: false }],
    ["lib/kernel/notice/steps.ts", { of: "lib/kernel/db/client", typeOnly: false }],
    ["lib/kernel/query/x.ts", { of: "lib/kernel/db/client", typeOnly: false }],
    ["lib/model/x.ts", { of: "lib/kernel/errors", typeOnly: false }],
    ["lib/thegent/files/x.ts", { of: "lib/areas/source/port", typeOnly: false }],
    ["components/escalation/x.tsx", { of: "lib/kernel/db/client", typeOnly: false }],
    ["components/escalation/x.tsx", { of: "components/override/x", typeOnly: false }],
    ["components/escalation/x.tsx", { of: "lib/areas/override/contract", typeOnly: true }],
    ["components/escalation/x.tsx", { of: "lib/areas/override/port", typeOnly: false }],
    ["components/act/x.tsx", { of: "lib/areas/escalation/contract", typeOnly: true }],
    ["app/page.tsx", { of: "lib/areas/escalation/store/x", typeOnly: false }],
    ["app/page.tsx", { of: "@prisma/client", typeOnly: false }],
    ["elsewhere/x.ts", { of: "zod", typeOnly: false }],
    ["lib/areas/escalation/acts/resolve.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/kernel/act/x.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/areas/escalation/store/x.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["app/page.tsx", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/areas/escalation/acts/pass-time-away.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/server/jobs/x.ts", { of: "lib/model/grant", typeOnly: false }],
    ["lib/areas/override/domain/x.ts", { of: "lib/model/grant", typeOnly: false }],
  ])("would notice %s importing %o", (file, imported) => {
    expect(trespasses(file, [imported])).toHaveLength(1);
  });

  it("says which door another area has", () => {
    expect(
      trespasses("lib/areas/override/acts/x.ts", [{ of: "lib/areas/escalation/store/writes", typeOnly: false }])[0],
    ).toContain("lib/areas/escalation/port.ts");
  });

  it.each([
    ["lib/areas/override/acts/x.ts", { of: "lib/areas/escalation/port", typeOnly: false }],
    ["lib/areas/override/acts/x.ts", { of: "lib/areas/override/store/x", typeOnly: false }],
    ["lib/areas/override/domain/x.ts", { of: "lib/areas/escalation/port", typeOnly: true }],
    ["lib/areas/made-up/acts/x.ts", { of: "lib/areas/made-up/store/x", typeOnly: false }],
    ["components/escalation/x.tsx", { of: "lib/areas/escalation/contract", typeOnly: false }],
    ["components/inbox/x.tsx", { of: "lib/areas/escalation/page-port", typeOnly: false }],
    ["lib/server/jobs/x.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/areas/escalation/acts/pass-time.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/areas/escalation/acts/x.ts", { of: "lib/model/grant", typeOnly: true }],
    ["lib/model/decide.ts", { of: "lib/model/grant", typeOnly: false }],
  ])("lets %s import %o", (file, imported) => {
    expect(trespasses(file, [imported])).toEqual([]);
  });

  it("keeps single modules for those who still use them, and for nobody who is gone", () => {
    const files = productFiles();
    const unused = reserved.flatMap(({ module, by }) =>
      by.filter((one) => !files.some((file) => isWithin(file, one) && importsOf(file).some(({ of }) => of === module))),
    );
    expect(unused).toEqual([]);
  }, 60_000);

  it.each([
    "lib/cli/x.ts",
    "lib/model/x.ts",
    "lib/kernel/notice/steps.ts",
    "lib/areas/escalation/domain/x.ts",
    "lib/areas/escalation/acts/x.ts",
    "lib/server/jobs/x.ts",
    "components/ui/x.tsx",
    "components/escalation/x.tsx",
    "prisma/seed/x.ts",
    "app/page.tsx",
  ])(
    "is said by the linter too: of the rules for %s, the nearest folder's holds",
    async (file) => {
      const config = (await new ESLint({ cwd: root }).calculateConfigForFile(path.join(root, file))) as {
        rules: Record<string, unknown>;
      };
      expect(JSON.stringify(config.rules["@typescript-eslint/no-restricted-imports"])).toContain(
        JSON.stringify(fenceOf(file)!.instead).slice(1, -1),
      );
    },
    60_000,
  );

  it("names every folder of lib, of the areas and of the pages", () => {
    const foldersIn = (place: string) =>
      fs
        .readdirSync(path.join(root, place), { withFileTypes: true })
        .flatMap((entry) => (entry.isDirectory() ? `${place}/${entry.name}` : []));
    const unnamed = (place: string) =>
      foldersIn(place).filter(
        (folder) =>
          !fences.some(
            (fence) =>
              isWithin(folder, fence.folder) &&
              fence.folder !== place &&
              !["lib", "lib/areas/*"].includes(fence.folder),
          ),
      );
    expect([
      ...unnamed("lib").filter((folder) => folder !== "lib/areas"),
      ...foldersIn("lib/areas").flatMap(unnamed),
      ...unnamed("components"),
    ]).toEqual([]);
  });
});
