import fs from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { fenceOf, fences, isWithin, reserved, reservedFrom } from "./architecture.mjs";

const root = path.resolve(import.meta.dirname, "..");
const roots = ["lib", "app", "components", "prisma/seed", "e2e", "bench", "proxy.ts", "instrumentation.ts"];
const isTest = (file: string) => /\.test(-d)?\.tsx?$/.test(file);

type Import = { of: string; typeOnly: boolean };

function sourceFiles(place: string): string[] {
  const stat = fs.statSync(path.join(root, place), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return /\.(tsx?|mjs)$/.test(place) ? [place] : [];
  if (place === "lib/kernel/db/generated") return [];
  return fs.readdirSync(path.join(root, place)).flatMap((name) => sourceFiles(`${place}/${name}`));
}

/** What a file imports: a path of ours from the root, or a package's name. */
function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, fs.readFileSync(path.join(root, file), "utf8"), ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : undefined);
  const found: Import[] = [];
  const add = (text: string, typeOnly: boolean) => {
    const of = text.startsWith("@/") ? text.slice(2) : text.startsWith(".") ? path.posix.join(path.posix.dirname(file), text) : text;
    found.push({ of, typeOnly });
  };
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) add(node.moduleSpecifier.text, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) add(node.moduleSpecifier.text, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0] && ts.isStringLiteral(node.arguments[0])) add(node.arguments[0].text, false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return !clause.name && named !== undefined && ts.isNamedImports(named) && named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

/** Sentences about what a file imports and must not. */
function trespasses(file: string, imports: Import[]): string[] {
  const fence = fenceOf(file);
  if (!fence) return [`${file} lies in no folder of the table in lib/architecture.mjs`];
  const closed = reservedFrom(file);
  return imports.flatMap(({ of, typeOnly }) => {
    const kept = typeOnly ? undefined : closed.find(({ module }) => of === module);
    if (kept) return [`${file} imports ${of}, which is kept for ${kept.by.join(", ")}. Instead: ${kept.instead}.`];
    const ours = roots.concat("bin", "prisma").some((place) => isWithin(of, place));
    const allowed = ours
      ? isWithin(of, fence.folder) || [...fence.may, ...(typeOnly ? (fence.mayType ?? []) : [])].some((folder) => isWithin(of, folder))
      : !(fence.never?.test(of) ?? false);
    return allowed ? [] : [`${file} imports ${of}. Allowed: ${fence.may.join(", ") || "nothing of ours"}. Instead: ${fence.instead}.`];
  });
}

describe("the architecture", () => {
  it("has arrows that run one way", () => {
    const files = roots.flatMap(sourceFiles).filter((file) => !isTest(file));
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => trespasses(file, importsOf(file)))).toEqual([]);
  }, 60_000);

  it("keeps what serves tests out of the product", () => {
    const product = roots.flatMap(sourceFiles).filter((file) => !isTest(file) && !["lib/testing", "bench", "e2e"].some((place) => isWithin(file, place)));
    expect(product.filter((file) => importsOf(file).some(({ of }) => isWithin(of, "lib/testing")))).toEqual([]);
  }, 60_000);

  it.each([
    ["lib/domain/escalation/x.ts", { of: "lib/kernel/db/client", typeOnly: false }],
    ["lib/domain/escalation/x.ts", { of: "node:fs", typeOnly: false }],
    ["lib/domain/escalation/x.ts", { of: "lib/kernel/errors", typeOnly: false }],
    ["lib/usecases/x.ts", { of: "next/headers", typeOnly: false }],
    ["lib/data/x.ts", { of: "lib/usecases/x", typeOnly: true }],
    ["components/escalations/x.tsx", { of: "lib/kernel/db/client", typeOnly: false }],
    ["app/page.tsx", { of: "@prisma/client", typeOnly: false }],
    ["elsewhere/x.ts", { of: "zod", typeOnly: false }],
    ["lib/areas/escalation/acts/resolve.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/actions/x.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/data/x.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["app/page.tsx", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/usecases/pass-time-away.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/jobs/x.ts", { of: "lib/model/grant", typeOnly: false }],
    ["lib/domain/override/x.ts", { of: "lib/model/grant", typeOnly: false }],
  ])("would notice %s importing %o", (file, imported) => {
    expect(trespasses(file, [imported])).toHaveLength(1);
  });

  it.each([
    ["lib/jobs/x.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/areas/escalation/acts/pass-time.ts", { of: "lib/model/grant-system", typeOnly: false }],
    ["lib/usecases/x.ts", { of: "lib/model/grant", typeOnly: true }],
    ["lib/model/decide.ts", { of: "lib/model/grant", typeOnly: false }],
  ])("lets %s import %o", (file, imported) => {
    expect(trespasses(file, [imported])).toEqual([]);
  });

  it("keeps single modules for those who still use them, and for nobody who is gone", () => {
    const files = roots.flatMap(sourceFiles).filter((file) => !isTest(file));
    const unused = reserved.flatMap(({ module, by }) => by.filter((one) => !files.some((file) => isWithin(file, one) && importsOf(file).some(({ of }) => of === module))));
    expect(unused).toEqual([]);
  }, 60_000);

  it.each(["lib/cli/x.ts", "lib/domain/escalation/x.ts", "lib/jobs/x.ts", "components/ui/x.tsx", "components/escalations/x.tsx", "prisma/seed/x.ts", "app/page.tsx"])("is said by the linter too: of the rules for %s, the nearest folder's holds", async (file) => {
    const config = (await new ESLint({ cwd: root }).calculateConfigForFile(path.join(root, file))) as { rules: Record<string, unknown> };
    expect(JSON.stringify(config.rules["@typescript-eslint/no-restricted-imports"])).toContain(JSON.stringify(fenceOf(file)!.instead).slice(1, -1));
  }, 60_000);

  it("names every folder of lib", () => {
    const folders = fs.readdirSync(path.join(root, "lib"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const named = fences.map(({ folder }) => folder);
    expect(folders.map(({ name }) => `lib/${name}`).filter((folder) => !named.includes(folder))).toEqual([]);
  });
});
