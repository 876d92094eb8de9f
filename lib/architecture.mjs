// @ts-check
/**
 * Who may import whom: the one table behind the lint rules (eslint.config.mjs) and lib/architecture.test.ts. Arrows run one way, down the floors –
 * app and components → areas → kernel → model – and never sideways: an area uses another by its `port.ts` alone. Of the rows that a file's path
 * begins with the longest one rules. "*" stands for any one area; "~" for the file's own.
 */

/** Small modules without a subject. */
const base = ["env", "errors", "log", "time"].map((name) => `lib/kernel/${name}`);
/** What the browser may have of the kernel, and what is pure anywhere. */
const light = ["errors", "time", "limits", "calendar", "contract", "words", "list/table-file", "act/view"].map(
  (name) => `lib/kernel/${name}`,
);
/** Rules of the kernel's own, as pure as those of areas. */
export const pureModules = [
  ...["decide-notices", "roster", "steps", "window", "retry"].map((name) => `lib/kernel/notice/${name}`),
  ...["audit-event", "act-event", "payloads", "verify-chain", "verify-tree", "timeline", "log"].map(
    (name) => `lib/kernel/chain/${name}`,
  ),
];
/** What an area offers to others: its port, and to their pages what is safe in the browser. */
const ports = "lib/areas/*/port";
const pagePorts = "lib/areas/*/page-port";
/** What the browser may have of its own area. */
const ownShown = [
  "domain",
  "contract",
  "contract-acts",
  "contract-views",
  "limits",
  "words",
  "queries",
  "list-query",
].map((name) => `~/${name}`);

/** What pages are made of, in every area. */
const kits = ["ui", "act", "list", "table", "shell"].map((kit) => `components/${kit}`);

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
const all = /./;
const pure = /^(?!node:crypto$)/;

const areaWays = "another area is used by its port.ts: name there what is meant for others";

/** @type {Fence[]} */
export const fences = [
  {
    folder: "lib/model",
    may: [],
    never: pure,
    instead: "the model is the document as data, and decide: it knows no area and no machinery",
  },

  {
    folder: "lib/kernel",
    may: ["lib/model"],
    never: framework,
    instead: "the kernel knows no area: take what an area says of its things as an argument, as decideNotices does",
  },
  {
    folder: "lib/kernel/words",
    may: ["lib/model", "lib/kernel/limits", "lib/kernel/errors"],
    never: /^(?!zod$)/,
    instead: "words for people depend on the model at most",
  },
  ...pureModules.map((folder) => ({
    folder,
    may: ["lib/model", ...pureModules],
    never: pure,
    instead: "a rule of the kernel is pure: take what you need as an argument",
  })),
  {
    folder: "lib/kernel/env",
    may: ["lib/model", "lib/kernel/errors"],
    never: /^(?!zod$|node:)/,
    instead: "env only reads the environment",
  },
  { folder: "lib/kernel/errors", may: [], never: all, instead: "errors stand below everything" },
  {
    folder: "lib/kernel/act",
    may: ["lib/model", "lib/kernel"],
    never: database,
    instead: "the wrapper asks who is signed in and what they may; what an act does is its area's",
  },
  {
    folder: "lib/kernel/act/view",
    may: ["lib/model", ...light],
    never: pure,
    instead: "what a page is told of an act is data, safe in the browser",
  },
  {
    folder: "lib/kernel/session",
    may: ["lib/model", "lib/kernel/db", ...base],
    never: database,
    instead: "a session says who it is; what they may is asked of lib/model",
  },
  {
    folder: "lib/kernel/query",
    may: ["lib/model", ...light, "lib/kernel/act/action-result", "lib/kernel/act/whose", "lib/kernel/live/contract"],
    never: database,
    instead: "the browser reads through a route of app/api",
  },

  {
    folder: "lib/thegent",
    may: ["lib/model", ...light, ...base],
    never: either,
    instead: "lib/thegent knows files, not the database and no area: hand records to an area's act",
  },

  { folder: "lib/areas/*", may: areaFloors(), never: either, instead: areaWays },
  { folder: "lib/areas/*/acts", may: [...areaFloors(), "~"], never: either, instead: areaWays },
  {
    folder: "lib/areas/*/domain",
    may: ["lib/model", ...light, ...pureModules, "~/limits", "lib/thegent/python", "lib/thegent/records/owner-limit"],
    mayType: [ports, "lib/thegent/records"],
    never: pure,
    instead:
      "the domain is pure: take what you need as an argument; facts are loaded by read/ and store/, and joined in acts/",
  },
  ...["contract", "contract-acts", "contract-views", "list-query", "list-view", "limits", "words"].map((name) => ({
    folder: `lib/areas/*/${name}`,
    may: ["lib/model", ...light, ...pureModules, ...ownShown, "~/list-view", "lib/thegent/records/dialect"],
    mayType: [ports],
    never: /^(?!zod$)/,
    instead: "what the browser sees is made of zod, words and the domain alone",
  })),
  {
    folder: "lib/areas/*/queries",
    may: ["lib/model", ...light, "lib/kernel/query", ...ownShown],
    never: database,
    instead: "the browser reads through a route of app/api",
  },
  {
    folder: "lib/areas/*/read",
    may: [...areaFloors(), ...ownShown],
    mayType: ["~/store"],
    never: framework,
    instead: "a read asks the database and decide; what changes anything is in acts/",
  },
  {
    folder: "lib/areas/*/store",
    may: [...areaFloors(), ...ownShown, "~/read"],
    never: framework,
    instead: "a store reads and writes its area's rows; decide in domain/, join in acts/",
  },
  {
    folder: "lib/areas/source/ingest",
    may: [...areaFloors(), "~"],
    never: framework,
    instead: "the ingest changes state through an act, as people do",
  },
  {
    folder: "lib/areas/person/sign-in",
    may: [...areaFloors(), "~/domain", "~/limits"],
    never: framework,
    instead: "it judges a password and counts failures; who signs in is in acts/",
  },

  {
    folder: "lib/composition",
    may: ["lib/kernel", "lib/areas/*/queries", "lib/areas/*/area"],
    never: either,
    instead: "the list of areas joins what they register; it decides nothing",
  },
  {
    folder: "lib/auth",
    may: ["lib/model", "lib/kernel", ports],
    never: database,
    instead: "lib/auth is the way to sign in; what it means is lib/areas/person",
  },
  {
    folder: "lib/channels",
    may: ["lib/model", ...light, ...base, "lib/kernel/notice/channel", "lib/kernel/notice/retry"],
    never: either,
    instead: "a channel is given what it tells and whom: facts, retries and failures belong to lib/areas/inbox",
  },
  {
    folder: "prisma/seed",
    may: ["lib/model", "lib/kernel", "lib/thegent", "lib/areas"],
    never: either,
    instead: "a scene is played through the doors that people, thegent and the clock use",
  },
  {
    folder: "lib/cli",
    may: ["prisma/seed", "lib/model", "lib/kernel", "lib/thegent", "lib/areas", "lib/server"],
    never: either,
    instead: "a command parses, calls an act or a read, and prints",
  },
  {
    folder: "lib/server",
    may: ["lib/model", "lib/kernel", "lib/thegent", "lib/areas", "lib/composition", "lib/channels", "bin/lib"],
    instead: "lib/server starts processes; what they do lives elsewhere",
  },
  { folder: "lib/testing", may: ["lib", "prisma/seed"], instead: "only tests may import lib/testing" },

  {
    folder: "components/ui",
    may: ["lib/model", ...light, "lib/kernel/query"],
    never: database,
    instead: "a primitive knows no product: pass it what it shows",
  },
  ...["act", "list", "table", "shell"].map((kit) => ({
    folder: `components/${kit}`,
    may: [
      ...kits,
      "lib/model",
      ...light,
      ...pureModules,
      "lib/kernel/query",
      "lib/kernel/act/action-result",
      "lib/kernel/act/whose",
      "lib/kernel/live/contract",
      ...(kit === "shell" ? ["lib/composition", "lib/areas/person/queries"] : []),
    ],
    never: database,
    instead: "the kits know no area: pass them what they show, or move what knows one to components/<area>",
  })),
  {
    folder: "components/*",
    may: [
      ...kits,
      "lib/model",
      ...light,
      ...pureModules,
      "lib/kernel/query",
      "lib/kernel/act/action-result",
      ...ownShown,
      "lib/thegent/records/dialect",
      pagePorts,
    ],
    mayType: [ports],
    never: database,
    instead:
      "a component gets its own area's DTOs: pass them from the page, or read them by the area's queries; what shows two areas is put together in app",
  },
  {
    folder: "app",
    may: [
      "components",
      "lib/model",
      ...light,
      ...base,
      "lib/auth",
      "lib/composition",
      ...["act", "session", "query", "live"].map((name) => `lib/kernel/${name}`),
      ...["acts", "read", ...ownShown.map((one) => one.slice(2)), "sign-in"].map((name) => `lib/areas/*/${name}`),
    ],
    never: database,
    instead: "pages read by an area's read/ and act by its acts/, through lib/kernel/act",
  },
  {
    folder: "bench",
    may: ["lib", "bin/lib", "e2e/support"],
    instead: "a measurement starts the program as it is; it is no part of it",
  },
  {
    folder: "e2e",
    may: [
      "lib/model",
      ...light,
      ...["domain", "contract", "words"].map((name) => `lib/areas/*/${name}`),
      "lib/testing/rounds",
      "lib/testing/fill-disk",
    ],
    never: /^(@prisma\/.*|next(-auth)?|react)($|\/)/,
    instead: "a browser test sees what people see; to reach the database or files use e2e/support",
  },
  { folder: "e2e/support", may: ["lib", "bin/lib"], instead: "support for tests stays out of the product" },
  {
    folder: "proxy.ts",
    may: ["lib/kernel/session/session-cookie", ...base],
    never: database,
    instead: "the proxy redirects and sets headers; nothing else",
  },
  {
    folder: "instrumentation.ts",
    may: ["lib/kernel/act", "app/(cockpit)/documents"],
    never: database,
    instead: "it only connects the application with our own server",
  },
  { folder: "lib", may: [], instead: "nothing lies in lib but its folders, and this table" },
];

/** What stands below every area, and the doors beside it. */
function areaFloors() {
  return ["lib/model", "lib/kernel", "lib/thegent", ports];
}

/**
 * Single modules that are not for everybody who may use their folder. Their types are.
 * @type {{ module: string, by: string[], instead: string }[]}
 */
export const reserved = [
  {
    module: "lib/model/grant",
    by: ["lib/model/decide", "lib/model/grant-system"],
    instead: "ask decide for a grant; nobody else makes one",
  },
  {
    module: "lib/model/grant-system",
    by: [
      ...["lib/server/jobs", "lib/areas/source/ingest", "lib/server/supervisor", "lib/testing", "bench"],
      ...[
        "source/acts/ingest-lines",
        "escalation/acts/sync-queue",
        "override/acts/sync-decisions",
        "override/acts/sync-findings",
        "inbox/acts/deliver",
        "drift/acts/follow-telemetry",
        "drift/acts/look-at-drift",
        "drift/acts/run-sweeps",
      ].map((ingest) => `lib/areas/${ingest}`),
      ...["*/acts/pass-time", "*/acts/time-events", "escalation/acts/open-by-trigger"].map(
        (clock) => `lib/areas/${clock}`,
      ),
      ...["person/acts/add", "person/acts/access", "source/acts/play-scene", "person/acts/tell-of-rotation"].map(
        (commandLine) => `lib/areas/${commandLine}`,
      ),
      ...["lib/areas/person/acts/tell-of-sign-ins", "lib/kernel/act/refuse-foreign-page"],
    ],
    instead:
      "what serves people's acts asks decide: only timers, ingest, the command line and what strangers try are the cockpit's own",
  },
];
