import next from "eslint-config-next/core-web-vitals";
import { globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { fences } from "./lib/architecture.mjs";

const tests = ["**/*.test.ts", "**/*.test.tsx", "e2e/**", "lib/testing/**"];
const ours = ["**/*.ts", "**/*.tsx"];

/**
 * The editor says at once what lib/architecture.test.ts would say later: packages a folder must not import, and where it may not look. Of the rules for a
 * file the last one holds, so the nearest folder comes last.
 */
const folderRules = [...fences].sort((a, b) => a.folder.length - b.folder.length).map(({ folder, may, mayType = [], never, instead }) => {
  const closed = fences.map((other) => other.folder.replace(/\.ts$/, "")).filter((other) => other !== folder && other !== "lib" && other.includes("/"));
  const forbidden = closed.filter((other) => ![folder, ...may, ...mayType].some((open) => other === open || other.startsWith(`${open}/`) || open.startsWith(`${other}/`)));
  const message = `See lib/architecture.mjs: ${instead}.`;
  return {
    files: folder.endsWith(".ts") ? [folder] : [`${folder}/**/*.ts`, `${folder}/**/*.tsx`],
    ignores: tests.filter((pattern) => !folder.startsWith(pattern.replace("/**", ""))),
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            ...(forbidden.length ? [{ group: forbidden.flatMap((other) => [`@/${other}`, `@/${other}/**`]), message }] : []),
            ...(never ? [{ regex: `^(?![.@]/)(?!server-only$)(?:${never.source})`, message }] : []),
          ],
        },
      ],
    },
  };
});

/** Time and chance come in as arguments; only lib/clock.ts makes the time. */
const noClock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Take the time as an argument, or a Clock from lib/clock.ts." },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: "Take the time as an argument, or a Clock from lib/clock.ts." },
];
const noChance = [
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: "The domain takes what is random as an argument." },
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: "The domain takes its settings as an argument." },
];

export default tseslint.config(
  globalIgnores([".next/", ".builds/", ".data/", "node_modules/", "lib/data/generated/", "next-env.d.ts", "test-results/", "playwright-report/", "public/", "postcss.config.mjs"]),
  ...next,
  {
    files: ours,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports", prefer: "type-imports", disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }],
      // A promise given where nothing is expected is ours to catch; React's handlers may be async.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // `async` without `await` keeps a function's promise to be asynchronous.
      "@typescript-eslint/require-await": "off",
      // Functions of ours travel in objects; nothing but a few classes has a `this` to lose.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
    },
  },
  { files: ours, ignores: ["lib/clock.ts", "bench/**", ...tests], rules: { "no-restricted-syntax": ["error", ...noClock] } },
  { files: ["lib/domain/**/*.ts"], ignores: tests, rules: { "no-restricted-syntax": ["error", ...noClock, ...noChance] } },
  { files: ours, ignores: tests, rules: { "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }] } },
  ...folderRules,
  // Outside the pages a function called `use…` is no hook: useCase, useDatabase, Playwright's `use`.
  { files: ours, ignores: ["app/**", "components/**", "lib/queries/**"], rules: { "react-hooks/rules-of-hooks": "off" } },
  {
    files: tests,
    rules: {
      // A matcher such as expect.objectContaining says nothing about its type.
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
);
