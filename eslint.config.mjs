import fs from "node:fs";
import next from "eslint-config-next/core-web-vitals";
import { globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { fences, pureModules, reserved } from "./lib/architecture.mjs";
import { areaOf, fenceOf, isWithin, reservedFrom } from "./lib/architecture-rows.mjs";

const tests = ["**/*.test.ts", "**/*.test.tsx", "**/*.test-d.ts", "e2e/**", "lib/testing/**"];
/** Of the scripts, those of lib have types (`@ts-check`). */
const ours = ["**/*.ts", "**/*.tsx", "lib/**/*.mjs"];

/** The rows of the table for each area that there is. */
const areas = fs.readdirSync("lib/areas");
const pages = fs
  .readdirSync("components", { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? entry.name : []));
const rows = fences.flatMap(({ folder }) =>
  folder.includes("*")
    ? (folder.startsWith("components") ? pages : areas).map((area) => folder.replace("*", area))
    : [folder],
);
const fileIn = (row) => (row.endsWith(".ts") ? row : `${row}.ts`);
const concrete = [...new Set(rows)].map((row) => fenceOf(row.endsWith(".ts") ? row : `${row}/x.ts`));

/** Whether what `open` allows lies in the row, or the row in it. */
const meets = (open, row) => isWithin(row, open) || isWithin(open.replace("*", areaOf(`${row}/`) ?? "*"), row);

/**
 * The editor says at once what lib/architecture.test.ts would say later: packages a folder must not import, and where it may not look.
 * @param {import("./lib/architecture.mjs").Fence} fence @param {string[]} files @param {string} place
 */
const importRule = ({ folder, may, mayType = [], never, instead }, files, place) => {
  const closed = concrete
    .map((other) => other.folder.replace(/\.ts$/, ""))
    .filter((other) => other !== folder && other.includes("/"));
  const forbidden = closed.filter((other) => ![folder, ...may, ...mayType].some((open) => meets(open, other)));
  const message = `See lib/architecture.mjs: ${instead}.`;
  return {
    files,
    ignores: tests.filter((pattern) => !folder.startsWith(pattern.replace("/**", ""))),
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            ...(forbidden.length
              ? [{ group: forbidden.flatMap((other) => [`@/${other}`, `@/${other}/**`]), message }]
              : []),
            ...(never ? [{ regex: `^(?!@/|\\.{1,2}/)(?!server-only$)(?:${never.source})`, message }] : []),
            ...reservedFrom(place).map((one) => ({
              group: [`@/${one.module}`],
              allowTypeImports: true,
              message: `See lib/architecture.mjs: ${one.instead}.`,
            })),
          ],
        },
      ],
    },
  };
};
const filesOf = (row) => (row.endsWith(".ts") ? [row] : [fileIn(row), `${row}/**/*.ts`, `${row}/**/*.tsx`]);
/** Of two that match a file the later one counts: the narrower comes last. */
const importRules = [
  ...[...concrete]
    .sort((a, b) => a.folder.length - b.folder.length)
    .map((fence) => importRule(fence, filesOf(fence.folder), fence.folder)),
  ...reserved
    .flatMap(({ by }) => by)
    .filter((one) => !concrete.some(({ folder }) => folder === one))
    .map((one) => importRule(fenceOf(fileIn(one)), filesOf(one), one)),
];

/** Where there is React. Its rules are asked for there alone: they take a compiler's run over each file. */
const drawn = ["**/*.tsx", "app/**", "components/**", "lib/kernel/query/**", "lib/areas/*/queries/**"];
const reactRules = next
  .flatMap(({ rules = {} }) => Object.keys(rules))
  .filter((name) => /^react(-hooks)?\//.test(name));

/** Time and chance come in as arguments; only lib/kernel/time.ts makes the time. */
const noClock = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "Take the time as an argument, or a Clock from lib/kernel/time.ts.",
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: "Take the time as an argument, or a Clock from lib/kernel/time.ts.",
  },
];
/** Grants, and the events that are made from them, come of deciding. */
const noForgery = [
  {
    selector: "TSAsExpression > TSTypeReference[typeName.name=/^(Grant|Decision|DoneEvent|RefusedEvent)$/]",
    message: "A grant is never asserted: ask decide for it, or take it as an argument.",
  },
];
const noChance = [
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: "The domain takes what is random as an argument.",
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: "The domain takes its settings as an argument.",
  },
];

export default tseslint.config(
  globalIgnores([
    ".next/",
    ".builds/",
    ".data/",
    "node_modules/",
    "lib/kernel/db/generated/",
    "next-env.d.ts",
    "test-results/",
    "playwright-report/",
    "public/",
    "postcss.config.mjs",
  ]),
  ...next,
  {
    files: ours,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", prefer: "type-imports", disallowTypeAnnotations: false },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      // A promise given where nothing is expected is ours to catch; React's handlers may be async.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // `async` without `await` keeps a function's promise to be asynchronous.
      "@typescript-eslint/require-await": "off",
      // Functions of ours travel in objects; nothing but a few classes has a `this` to lose.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    files: ["**/*.mjs"],
    ignores: ours,
    extends: [tseslint.configs.recommended],
    rules: {
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ["**/*.mjs"],
    ignores: ours,
    rules: { "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }] },
  },
  // A script in front of the application has no Clock: one takes its own.
  {
    files: ours,
    ignores: ["lib/kernel/time.ts", "lib/server/address-seen.mjs", "bench/**", ...tests],
    rules: { "no-restricted-syntax": ["error", ...noClock, ...noForgery] },
  },
  {
    files: [
      "lib/model/**/*.ts",
      "lib/areas/*/domain/**/*.ts",
      "lib/kernel/words/**/*.ts",
      "lib/thegent/python/**/*.ts",
      ...pureModules.map(fileIn),
    ],
    ignores: tests,
    rules: { "no-restricted-syntax": ["error", ...noClock, ...noChance, ...noForgery] },
  },
  {
    files: ours,
    ignores: tests,
    rules: { "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }] },
  },
  ...importRules,
  { ignores: drawn, rules: Object.fromEntries(reactRules.map((name) => [name, "off"])) },
  {
    files: tests,
    rules: {
      // A matcher such as expect.objectContaining says nothing about its type.
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
  {
    // What must not compile is named by the list it stands in; of what does not, the type is an error.
    files: ["**/*.test-d.ts"],
    rules: { "@typescript-eslint/ban-ts-comment": "off", "@typescript-eslint/no-unsafe-argument": "off" },
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
);
