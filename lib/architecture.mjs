// @ts-check
/**
 * Who may import whom: the one table behind the lint rules (eslint.config.mjs) and lib/architecture.test.ts. Arrows run one way:
 * app and components → actions → usecases → domain and data. The longest folder that a file's path begins with rules.
 */

/** Small modules without a subject that everybody but the domain may use. */
const base = ["lib/env", "lib/clock", "lib/errors", "lib/log"];

/**
 * @typedef {object} Fence
 * @property {string} folder
 * @property {string[]} may folders and files of ours it may import, besides itself
 * @property {string[]} [mayType] what it may import types from, besides
 * @property {RegExp} [never] packages it must not import
 * @property {string} instead what to do rather
 */

const framework = /^(next(-auth)?|react(-dom)?|@tanstack\/.*)($|\/)/;
const database = /^(@prisma\/.*|prisma|pg|pg-copy-streams|graphile-worker)($|\/)/;
const either = new RegExp(`${framework.source}|${database.source}`);

/** @type {Fence[]} */
export const fences = [
  {
    folder: "lib/domain",
    may: [],
    mayType: ["lib/errors", "lib/clock"],
    never: /^(?!node:crypto$)/,
    instead: "the domain is pure: take what you need as an argument; facts are loaded by lib/data and joined in lib/usecases",
  },
  { folder: "lib/contracts", may: ["lib/domain"], mayType: ["lib/errors"], never: /^(?!zod$)/, instead: "a contract is safe in the browser: only zod and the domain" },
  { folder: "lib/format", may: ["lib/domain", "lib/contracts"], never: /./, instead: "words for people depend on nothing but the domain and the contracts" },
  { folder: "lib/data", may: ["lib/domain", "lib/contracts", ...base], never: framework, instead: "lib/data reads and writes; decide in lib/domain, join in lib/usecases" },
  {
    folder: "lib/usecases",
    may: ["lib/domain", "lib/data", "lib/contracts", "lib/format", "lib/auth/password", "lib/auth/sign-in-limit", "lib/auth/in-turn", ...base],
    mayType: ["lib/channels/channel"],
    never: either,
    instead: "reach the database through a function of lib/data; leave cookies, pages and requests to lib/actions and app",
  },
  { folder: "lib/auth", may: ["lib/data", "lib/domain", "lib/contracts", ...base], never: database, instead: "lib/auth says who it is; what they may is asked of lib/domain/operating-model" },
  { folder: "lib/actions", may: ["lib/usecases", "lib/auth", "lib/data", "lib/contracts", "lib/domain", ...base], never: database, instead: "an action calls a use case" },
  { folder: "lib/thegent", may: ["lib/domain", "lib/contracts", ...base], never: either, instead: "lib/thegent knows files, not the database: hand records to a use case through lib/jobs" },
  { folder: "lib/channels", may: ["lib/domain", "lib/contracts", "lib/format", ...base], never: either, instead: "a channel is given what it tells and whom: facts, retries and failures belong to lib/jobs" },
  { folder: "lib/jobs", may: ["lib/usecases", "lib/data", "lib/thegent", "lib/channels", "lib/domain", "lib/contracts", ...base], never: framework, instead: "a job changes state through a use case, as people do" },
  { folder: "lib/live", may: ["lib/contracts", "lib/data", ...base], never: framework, instead: "lib/live only says that something changed" },
  { folder: "lib/queries", may: ["lib/contracts", "lib/domain", "lib/format", "lib/errors", "lib/clock"], never: database, instead: "the browser reads through a route of app/api" },
  { folder: "prisma/seed", may: ["lib/usecases", "lib/data", "lib/thegent", "lib/domain", ...base], never: either, instead: "a scene is played through the doors that people, thegent and the clock use" },
  { folder: "lib/cli", may: ["prisma/seed", "lib/usecases", "lib/data", "lib/thegent", "lib/server", "lib/domain", "lib/contracts", "lib/format", ...base], never: either, instead: "a command parses, calls a use case or a read, and prints" },
  { folder: "lib/server", may: ["lib/data", "lib/usecases", "lib/thegent", "lib/jobs", "lib/domain", "bin/lib", ...base], instead: "lib/server starts processes; what they do lives elsewhere" },
  { folder: "lib/testing", may: ["lib", "prisma/seed"], instead: "only tests may import lib/testing" },
  { folder: "components/ui", may: ["lib/format", "lib/queries"], never: database, instead: "a primitive knows no product: pass it what it shows" },
  { folder: "components", may: ["components", "lib/queries", "lib/contracts", "lib/format", "lib/domain"], never: database, instead: "a component gets DTOs: pass them from the page, or read them by lib/queries" },
  {
    folder: "app",
    may: ["components", "lib/actions", "lib/usecases", "lib/data", "lib/auth", "lib/queries", "lib/live", "lib/contracts", "lib/domain", "lib/format", ...base],
    never: database,
    instead: "pages read through lib/data and act through lib/actions",
  },
  { folder: "bench", may: ["lib", "bin/lib", "e2e/support"], instead: "a measurement starts the program as it is; it is no part of it" },
  { folder: "e2e", may: ["lib/domain", "lib/contracts", "lib/format", "lib/clock", "lib/testing/rounds"], never: /^(@prisma\/.*|next(-auth)?|react)($|\/)/, instead: "a browser test sees what people see; to reach the database or files use e2e/support" },
  { folder: "lib", may: base, instead: "modules directly in lib stand below everything" },
];

/** The domain settings are the one thing the environment is read by. */
fences.push({ folder: "lib/env.ts", may: ["lib/domain/operating-model/settings", "lib/errors"], instead: "lib/env only reads the environment" });
fences.push({ folder: "e2e/support", may: ["lib", "bin/lib"], instead: "support for tests stays out of the product" });
fences.push({ folder: "proxy.ts", may: ["lib/auth", ...base], never: database, instead: "the proxy redirects and sets headers; nothing else" });

fences.push({ folder: "instrumentation.ts", may: ["lib/actions"], never: database, instead: "it only connects the application with our own server" });

/**
 * Single modules that are not for everybody who may use their folder. Their types are.
 * @type {{ module: string, by: string[], instead: string }[]}
 */
export const reserved = [
  { module: "lib/domain/operating-model/grant", by: ["lib/domain/operating-model/decide", "lib/domain/operating-model/grant-system"], instead: "ask decide for a grant; nobody else makes one" },
  {
    module: "lib/domain/operating-model/grant-system",
    by: [
      ...["lib/jobs", "lib/server/supervisor", "lib/testing", "bench"],
      ...["ingest-lines", "ingest-sync", "sync-decisions", "sync-findings", "take-up", "deliver-notices"].map((ingest) => `lib/usecases/${ingest}`),
      ...["pass-time", "pass-time-of-overrides", "time-events", "open-by-trigger", "watch-clocks"].map((clock) => `lib/usecases/${clock}`),
      ...["add-person", "person-access", "play-scene", "tell-of-rotation"].map((commandLine) => `lib/usecases/${commandLine}`),
      ...["tell-of-sign-ins", "refuse-foreign-page"].map((stranger) => `lib/usecases/${stranger}`),
    ],
    instead: "what serves people's acts asks decide: only timers, ingest, the command line and what strangers try are the cockpit's own",
  },
];

/** @param {string} file path from the repository's root, without its ending */
export const reservedFrom = (file) => reserved.filter(({ module, by }) => !isWithin(file, module) && !by.some((one) => isWithin(file, one)));

/** @param {string} file path from the repository's root */
export function fenceOf(file) {
  return fences.filter(({ folder }) => isWithin(file, folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** @param {string} file @param {string} folder */
export const isWithin = (file, folder) => file === folder || file.startsWith(`${folder}/`) || file.startsWith(`${folder}.`);
