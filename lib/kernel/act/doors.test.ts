import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { actions } from "@/lib/model/actions";

/**
 * Every write is found in the source, whoever wrote it, and asks for the grant of its own act; lib/kernel/act/doors.test-d.ts says what such a grant is not.
 * These ask for none, or for a reader's:
 */
const withoutGrant: Record<string, string> = {
  "kernel/db/source-lock takeSourceLock":
    "a lease is no act: it says which worker begins one, and the acts of that worker ask for grants",
  "kernel/db/refused takeAllBut": "it sets marks to go back to; what is written between them asks for its own grant",
  "areas/inbox/store/marks markNotices":
    "one's own notices are marked as read by reading them, which is no act: the reader's grant, and their own rows",
};
/**
 * Outside the kernel and the stores of areas nothing writes but what works on the database as a whole, before or without a cockpit. (The counters of failed sign-ins are written
 * by the library in lib/areas/person/sign-in/sign-in-limit.ts: they are no act, and what they lead to, a lock-out, is an event with its grant.)
 */
const elsewhere: Record<string, string> = {
  "server/migrate": "makes the tables",
  "server/restore": "fills an empty database with a backup, rows and chain as they were",
};

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string): string => fs.readFileSync(path.join(root, file), "utf8");
const under = (folder: string): string[] =>
  fs.readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`);
const isSource = (file: string): boolean =>
  /\.tsx?$/.test(file) && !/\.test(-d)?\.tsx?$/.test(file) && !file.startsWith("lib/kernel/db/generated/");

const delegates = new Set(
  under("prisma/schema").flatMap((file) =>
    [...read(file).matchAll(/^model (\w)(\w*)/gm)].map(([, first, rest]) => first!.toLowerCase() + rest),
  ),
);
const writing = /^(create|update|delete|upsert)(Many)?(AndReturn)?$/;
const sql =
  /\b(INSERT\s+INTO|UPDATE\s+"|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE|COPY\s+"|graphile_worker\.add_job|pg_notify\()/;

type Declared = { of: string; name: string; node: ts.Node; exported: boolean; writes: boolean; uses: Set<string> };
type Source = { file: string; text: string };

const moduleOf = (file: string): string => file.replace(/^lib\//, "").replace(/\.tsx?$/, "");

/** The top-level declarations of a file: whether each writes by itself, and which others it names. */
function declarationsOf({ file, text }: Source): Declared[] {
  const source = ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.Latest,
    true,
    file.endsWith("x") ? ts.ScriptKind.TSX : undefined,
  );
  const of = moduleOf(file);
  const imported = new Map<string, string>();
  for (const one of source.statements) {
    if (
      !ts.isImportDeclaration(one) ||
      !one.importClause?.namedBindings ||
      !ts.isNamedImports(one.importClause.namedBindings)
    )
      continue;
    const specifier = (one.moduleSpecifier as ts.StringLiteral).text;
    const from = specifier.startsWith(".")
      ? path.posix.join(path.posix.dirname(of), specifier)
      : specifier.replace(/^@\/lib\//, "");
    for (const { name, propertyName } of one.importClause.namedBindings.elements)
      imported.set(name.text, `${from} ${(propertyName ?? name).text}`);
  }
  return source.statements
    .flatMap((one) => named(one))
    .map(([name, node, exported]) => {
      const declared: Declared = { of, name, node, exported, writes: false, uses: new Set() };
      const visit = (child: ts.Node): void => {
        if (ts.isTypeNode(child) && !ts.isExpressionWithTypeArguments(child)) return;
        if (isWrite(child)) declared.writes = true;
        if (ts.isIdentifier(child)) declared.uses.add(imported.get(child.text) ?? `${of} ${child.text}`);
        ts.forEachChild(child, visit);
      };
      visit(node);
      return declared;
    });
}

function named(one: ts.Statement): [string, ts.Node, boolean][] {
  const exported =
    ts.canHaveModifiers(one) &&
    (ts.getModifiers(one)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);
  if (ts.isVariableStatement(one))
    return one.declarationList.declarations.map((each) => [each.name.getText(), each.initializer ?? each, exported]);
  if ((ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one)) && one.name)
    return [[one.name.text, one, exported]];
  return ts.isImportDeclaration(one) || ts.isTypeAliasDeclaration(one) || ts.isInterfaceDeclaration(one)
    ? []
    : [["(the file itself)", one, true]];
}

function isWrite(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    if (/^\$executeRaw/.test(node.name.text)) return true;
    return (
      writing.test(node.name.text) &&
      ts.isPropertyAccessExpression(node.expression) &&
      delegates.has(node.expression.name.text)
    );
  }
  return (
    (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) &&
    sql.test(node.text)
  );
}

/** What is exported and writes, by itself or through what it names. */
function exportedWrites(all: readonly Declared[]): Declared[] {
  const writes = new Set(all.filter((one) => one.writes));
  for (let before = -1; before !== writes.size;) {
    before = writes.size;
    const names = new Set([...writes].map(({ of, name }) => `${of} ${name}`));
    for (const one of all) if ([...one.uses].some((used) => names.has(used))) writes.add(one);
  }
  return [...writes].filter(({ exported }) => exported);
}

const doors = new Set(declaredTypes({ file: "lib/kernel/act/doors.ts", text: read("lib/kernel/act/doors.ts") }).keys());

function declaredTypes({ file, text }: Source): Map<string, ts.TypeNode> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return new Map(
    source.statements.flatMap((one) => (ts.isTypeAliasDeclaration(one) ? [[one.name.text, one.type]] : [])),
  );
}

/** Whether a function asks for the grant of acts that are named, and only of such as write; or for what holds one, an event that was done. */
function asksForGrant({ node }: Declared, types: ReadonlyMap<string, ts.TypeNode>): boolean {
  if (!ts.isFunctionLike(node)) return false;
  const bound = new Map(
    node.typeParameters?.flatMap(({ name, constraint }) => (constraint ? [[name.text, constraint]] : [])),
  );
  const names = (type: ts.TypeNode | undefined): boolean => {
    if (!type) return false;
    if (ts.isUnionTypeNode(type)) return type.types.every(names);
    if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal))
      return type.literal.text in actions && !("reads" in actions[type.literal.text as keyof typeof actions]);
    return (
      ts.isTypeReferenceNode(type) && (doors.has(type.typeName.getText()) || names(bound.get(type.typeName.getText())))
    );
  };
  const isGrant = (type: ts.TypeNode | undefined): boolean => {
    if (!type) return false;
    if (ts.isUnionTypeNode(type)) return type.types.every(isGrant);
    if (ts.isTypeOperatorNode(type)) return isGrant(type.type);
    if (ts.isArrayTypeNode(type)) return isGrant(type.elementType);
    if (ts.isParenthesizedTypeNode(type)) return isGrant(type.type);
    if (!ts.isTypeReferenceNode(type)) return false;
    const name = type.typeName.getText();
    return name === "Grant"
      ? names(type.typeArguments?.[0])
      : ["DoneEvent", "RefusedEvent"].includes(name) || isGrant(types.get(name));
  };
  return node.parameters.some(({ type }) => isGrant(type));
}

/** The exported writes of these files, and which of them ask for no grant. */
function writesOf(sources: readonly Source[]) {
  const types = new Map(sources.map((source) => [moduleOf(source.file), declaredTypes(source)]));
  const nameOf = ({ of, name }: Declared): string => `${of} ${name}`;
  const all = exportedWrites(sources.flatMap(declarationsOf));
  return { all: all.map(nameOf), open: all.filter((one) => !asksForGrant(one, types.get(one.of)!)).map(nameOf) };
}

const sourcesIn = (...folders: string[]): Source[] =>
  folders
    .flatMap(under)
    .filter(isSource)
    .map((file) => ({ file, text: read(file) }));

const isStore = (file: string): boolean => /^lib\/(kernel\/(chain|db|effect|notice)|areas\/[^/]+\/store)\//.test(file);
const stores = (): Source[] => sourcesIn("lib").filter(({ file }) => isStore(file));

describe("whoever writes", () => {
  it("asks for the grant of the act that does; those that do not are named above, with the reason", () => {
    const { all, open } = writesOf(stores());
    expect(all).toEqual(
      expect.arrayContaining([
        "areas/escalation/store/writes saveItems",
        "kernel/effect/outbox scheduleDelivery",
        "areas/source/store/sources advanceFile",
        "areas/inbox/store/deliveries markDelivered",
        "kernel/chain/audit appendAudit",
      ]),
    );
    expect(open.sort()).toEqual(Object.keys(withoutGrant).sort());
  }, 60_000);

  it("does so in the kernel, or in the store of an area", () => {
    const outside = sourcesIn("lib", "app", "components").filter(
      ({ file }) => !isStore(file) && !file.startsWith("lib/testing/"),
    );
    const files = outside
      .flatMap(declarationsOf)
      .filter(({ writes }) => writes)
      .map(({ of }) => of);
    expect([...new Set(files)].sort()).toEqual(Object.keys(elsewhere).sort());
  }, 60_000);

  const written = `{ await tx.person.update({ where: { id }, data }); }`;
  it.each([
    ["with no grant", `export async function f(tx: Tx, id: string) ${written}`],
    ["with a grant for reading", `export async function f(tx: Tx, grant: Grant<"escalation.view">) ${written}`],
    [
      "with a grant for reading or writing",
      `export async function f(tx: Tx, grant: Grant<"person.add" | "inbox.read">) ${written}`,
    ],
    ["with any grant", `export async function f(tx: Tx, grant: Grant) ${written}`],
    ["with a grant for any action", `export async function f(tx: Tx, grant: Grant<ActionId>) ${written}`],
    [
      "with a grant for an action that does not exist",
      `export async function f(tx: Tx, grant: Grant<"person.erase">) ${written}`,
    ],
    ["with a grant of too many", `export async function f<A extends ActionId>(tx: Tx, grant: Grant<A>) ${written}`],
    [
      "with a grant behind another name",
      `type Any = Grant<ActionId>; export const f = async (tx: Tx, grant: Any) => ${written}`,
    ],
    ["in SQL", `export const f = (tx: Tx) => tx.$queryRaw\`WITH "x" AS (SELECT 1) UPDATE "Person" SET "name" = ''\``],
    [
      "in SQL that stands elsewhere",
      `const statement = 'DELETE FROM "Person"'; export const f = (tx: Tx) => tx.$queryRawUnsafe(statement)`,
    ],
    ["through another function", `const g = async (tx: Tx) => ${written}; export const f = (tx: Tx) => g(tx)`],
    ["through a class", `class G { async g(tx: Tx) ${written} } export const f = (tx: Tx) => new G().g(tx)`],
    ["a job", `export const f = (tx: Tx) => tx.$queryRaw\`SELECT graphile_worker.add_job('x')\``],
  ])("would be found %s", (_, text) => {
    expect(writesOf([{ file: "lib/areas/made/store/up.ts", text }]).open).toEqual(["areas/made/store/up f"]);
  });

  it.each([
    ["the grant of its own act", `export async function f(tx: Tx, _grant: Grant<"person.add">) ${written}`],
    ["a set of doors", `export async function f<A extends ChangingAction>(tx: Tx, grant: Grant<A>) ${written}`],
    [
      "the same under a name",
      `type Adding = Grant<"person.add">; export async function f(tx: Tx, _grant: Adding) ${written}`,
    ],
  ])("is let be with %s", (_, text) => {
    expect(writesOf([{ file: "lib/areas/made/store/up.ts", text }])).toEqual({
      all: ["areas/made/store/up f"],
      open: [],
    });
  });

  it.each([
    ["a lock", `export const f = (tx: Tx) => tx.$queryRaw\`SELECT "id" FROM "Person" FOR NO KEY UPDATE\``],
    ["a map", `export const f = (known: Map<string, string>) => known.delete("a")`],
    ["a digest", `export const f = (of: string) => createHash("sha256").update(of)`],
  ])("is not mistaken for one: %s", (_, text) => {
    expect(writesOf([{ file: "lib/areas/made/store/up.ts", text }]).all).toEqual([]);
  });
});
