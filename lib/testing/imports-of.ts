import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

export const root = path.resolve(import.meta.dirname, "../..");
/** Where what we wrote lies. */
export const places = ["lib", "app", "components", "prisma/seed", "e2e", "bench", "proxy.ts", "instrumentation.ts"];

export type Import = { of: string; typeOnly: boolean };

const isTest = (file: string) => /\.test(-d)?\.tsx?$/.test(file);

/** All source files, as paths from the root; tests are none. */
export const productFiles = (): string[] => places.flatMap(filesIn).filter((file) => !isTest(file));

function filesIn(place: string): string[] {
  const stat = fs.statSync(path.join(root, place), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return /\.(tsx?|mjs)$/.test(place) ? [place] : [];
  if (place === "lib/kernel/db/generated") return [];
  return fs.readdirSync(path.join(root, place)).flatMap((name) => filesIn(`${place}/${name}`));
}

const read = new Map<string, Import[]>();

/** What a file imports: a path of ours from the root, or a package's name. Read once. */
export function importsOf(file: string): Import[] {
  const imports = read.get(file) ?? readImports(file);
  read.set(file, imports);
  return imports;
}

function readImports(file: string): Import[] {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(path.join(root, file), "utf8"),
    ts.ScriptTarget.Latest,
    true,
    file.endsWith("x") ? ts.ScriptKind.TSX : undefined,
  );
  const found: Import[] = [];
  const add = (text: string, typeOnly: boolean) => {
    const of = text.startsWith("@/")
      ? text.slice(2)
      : text.startsWith(".")
        ? path.posix.join(path.posix.dirname(file), text)
        : text;
    found.push({ of, typeOnly });
  };
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      add(node.moduleSpecifier.text, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      add(node.moduleSpecifier.text, node.isTypeOnly);
    else if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword &&
      node.arguments[0] &&
      ts.isStringLiteral(node.arguments[0])
    )
      add(node.arguments[0].text, false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return (
    !clause.name &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((element) => element.isTypeOnly)
  );
}
