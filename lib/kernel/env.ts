/**
 * The one validated environment. `env()` reads it once, lazily; every other module asks here, never `process.env`.
 * A variable that is set to nothing counts as unset.
 */
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { parseSettings, type Settings } from "@/lib/model/settings";
import { StartError } from "./errors";

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

export type Env = {
  /** A PostgreSQL of the operator's own; unset: the embedded one. */
  databaseUrl: string | undefined;
  /** thegent's session directory, absolute; unset: a copy of the shipped sample. */
  sessionDir: string | undefined;
  settings: Settings;
  port: number;
  host: string;
  /** Where people reach the cockpit: an origin, without a slash at the end. */
  url: string;
  /** Signs sessions; unset: the supervisor makes one and keeps it. */
  secret: string | undefined;
  /** Whether X-Forwarded-For is believed. Only right behind a proxy that sets it. */
  trustProxy: boolean;
  /** Whether /gallery shows every component in every state. */
  gallery: boolean;
  /** What the cockpit keeps on disk; absolute. */
  dataDir: string;
  /** Connections of each process' pool. */
  databasePool: number;
  logLevel: (typeof logLevels)[number];
  /** How notices are mailed; unset: not at all. */
  mail: { smtpUrl: string; from: Mailbox } | undefined;
  /** Where notices are posted, and what signs them; unset: nowhere. */
  webhook: { url: string; secret: string } | undefined;
};

type Mailbox = { name: string; address: string };

type EnvRecord = Readonly<Record<string, string | undefined>>;

const integer = (min: number, max: number, fallback: number) =>
  z
    .string()
    .optional()
    .transform((text) => (text === undefined ? fallback : /^\d{1,9}$/.test(text) ? Number(text) : NaN))
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);

const boolean = (fallback: boolean) =>
  z
    .stringbool({
      truthy: ["1", "true", "yes", "on"],
      falsy: ["0", "false", "no", "off"],
      error: "must be true or false",
    })
    .optional()
    .transform((value) => value ?? fallback);

const origin = z
  .string()
  .refine(isOrigin, "must be an address without a path, such as https://cockpit.example.org")
  .transform((text) => new URL(text).origin)
  .optional();

const schema = z.object({
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, "must be an address like postgresql://user:password@host:5432/database")
    .optional(),
  THGENT_SESSION_DIR: z.string().transform(absolute).optional(),
  PORT: integer(1, 65_535, 3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "must be a host name or an address to listen on")
    .default("127.0.0.1"),
  COCKPIT_URL: origin,
  COCKPIT_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  COCKPIT_TRUST_PROXY: boolean(false),
  COCKPIT_GALLERY: boolean(false),
  COCKPIT_DATA_DIR: z.string().default(".data").transform(absolute),
  COCKPIT_DATABASE_POOL: integer(2, 100, 10),
  COCKPIT_LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`).default("info"),
  COCKPIT_SMTP_URL: z
    .string()
    .refine(isSmtpUrl, "must be an address like smtp://user:password@host:587 or smtps://host")
    .optional(),
  COCKPIT_MAIL_FROM: z
    .string()
    .transform(parseMailbox)
    .refine((from) => from !== null, "must be an e-mail address, or Name <address>")
    .optional(),
  COCKPIT_WEBHOOK_URL: z
    .string()
    .refine(isWebhookUrl, "must be an https:// or http:// address without user and password")
    .optional(),
  COCKPIT_WEBHOOK_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
});

/** What is set makes another variable necessary. */
const companions = { COCKPIT_SMTP_URL: "COCKPIT_MAIL_FROM", COCKPIT_WEBHOOK_URL: "COCKPIT_WEBHOOK_SECRET" };

/** Hold a password or a token, also where they cannot be parsed: their text is never repeated. */
const secrets = ["COCKPIT_SECRET", "COCKPIT_SMTP_URL", "COCKPIT_WEBHOOK_URL", "COCKPIT_WEBHOOK_SECRET"];

/** Refuses with a StartError whose one line names each bad variable, what it held and what is allowed. */
export function parseEnv(record: EnvRecord): Env {
  const set = Object.fromEntries(
    Object.entries(record).flatMap(([name, text]) => (text?.trim() ? [[name, text.trim()]] : [])),
  );
  const parsed = schema.safeParse(set);
  const settings = parseSettings(set);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => describe(String(issue.path[0]), set, issue.message)),
    ...Object.entries(companions).flatMap(([one, other]) =>
      set[one] && !set[other] ? [`${other} is not set; ${one} needs it.`] : [],
    ),
    ...(settings.ok ? [] : settings.problems),
  ];
  if (!parsed.success || !settings.ok || problems.length)
    throw new StartError(problems.join(" "), "Correct it, or unset it to use the default, and start again.");
  const read = parsed.data;
  return {
    databaseUrl: read.DATABASE_URL,
    sessionDir: read.THGENT_SESSION_DIR,
    settings: settings.settings,
    port: read.PORT,
    host: read.HOST,
    url: read.COCKPIT_URL ?? `http://localhost:${read.PORT}`,
    secret: read.COCKPIT_SECRET,
    trustProxy: read.COCKPIT_TRUST_PROXY,
    gallery: read.COCKPIT_GALLERY,
    dataDir: read.COCKPIT_DATA_DIR,
    databasePool: read.COCKPIT_DATABASE_POOL,
    logLevel: read.COCKPIT_LOG_LEVEL,
    mail:
      read.COCKPIT_SMTP_URL && read.COCKPIT_MAIL_FROM
        ? { smtpUrl: read.COCKPIT_SMTP_URL, from: read.COCKPIT_MAIL_FROM }
        : undefined,
    webhook:
      read.COCKPIT_WEBHOOK_URL && read.COCKPIT_WEBHOOK_SECRET
        ? { url: read.COCKPIT_WEBHOOK_URL, secret: read.COCKPIT_WEBHOOK_SECRET }
        : undefined,
  };
}

let current: Env | undefined;

/** This process' environment. Refuses with a StartError. */
export function env(): Env {
  return (current ??= parseEnv(process.env));
}

function describe(name: string, set: EnvRecord, must: string): string {
  const text = set[name] ?? "";
  const held = secrets.includes(name) ? `has ${text.length} characters` : `is "${withoutPassword(text).slice(0, 80)}"`;
  return `${name} ${held}; it ${must}.`;
}

const withoutPassword = (text: string) => text.replace(/:[^:@/]*@/, ":…@");

/** `~` is expanded, which thegent does not do everywhere (see README); a relative path starts where the cockpit was started. */
function absolute(text: string): string {
  return path.resolve(/^~(?=\/|$)/.test(text) ? path.join(os.homedir(), text.slice(1)) : text);
}

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash && !url.username;
}

/** Nothing but scheme, user and password, host and port: more would be silently ignored. */
function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  return (
    /^smtps?:$/.test(protocol) &&
    hostname !== "" &&
    /^\/?$/.test(pathname) &&
    !search &&
    !hash &&
    !username === !password &&
    decodes(username) &&
    decodes(password)
  );
}

function decodes(text: string): boolean {
  try {
    return decodeURIComponent(text) !== null;
  } catch {
    return false;
  }
}

function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password;
}

/** "ops@example.org", "Cockpit <ops@example.org>", the name also in quotes; null: neither. */
function parseMailbox(text: string): Mailbox | null {
  const [, name = "", bracketed, bare] = /^(?:([^<>\p{Cc}]*)<([^<>]*)>|([^<>]*))$/u.exec(text) ?? [];
  const address = bracketed ?? bare ?? "";
  return /^[^\s@(),:;"\\[\]]+@[^\s@(),:;"\\[\]]+$/.test(address)
    ? { name: name.trim().replace(/^"(.*)"$/, "$1"), address }
    : null;
}
