import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseEnv } from "./env";
import { StartError } from "./errors";

const problem = (record: Record<string, string>): string => {
  try {
    parseEnv(record);
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return (error as StartError).message;
  }
  return "accepted";
};

describe("parseEnv", () => {
  it("needs nothing", () => {
    expect(parseEnv({})).toMatchObject({
      databaseUrl: undefined,
      sessionDir: undefined,
      port: 3000,
      host: "127.0.0.1",
      url: "http://localhost:3000",
      secret: undefined,
      trustProxy: false,
      gallery: false,
      dataDir: path.resolve(".data"),
      databasePool: 10,
      logLevel: "info",
      mail: undefined,
      webhook: undefined,
    });
  });

  it.each([
    ["an empty variable counts as unset", { PORT: " ", DATABASE_URL: "" }, { port: 3000, databaseUrl: undefined }],
    ["the address follows the port", { PORT: "8080" }, { url: "http://localhost:8080" }],
    [
      "an address is kept as its origin",
      { COCKPIT_URL: "https://Cockpit.example.org/" },
      { url: "https://cockpit.example.org" },
    ],
    ["a tilde is the home directory", { THGENT_SESSION_DIR: "~/x" }, { sessionDir: path.join(os.homedir(), "x") }],
    ["a tilde inside a path is a name", { THGENT_SESSION_DIR: "/a/~/b" }, { sessionDir: "/a/~/b" }],
    ["booleans are words", { COCKPIT_TRUST_PROXY: "YES", COCKPIT_GALLERY: "1" }, { trustProxy: true, gallery: true }],
    [
      "mail has a server and a sender",
      { COCKPIT_SMTP_URL: "smtps://u:p%40@mail.example.org:465", COCKPIT_MAIL_FROM: "ops@example.org" },
      { mail: { smtpUrl: "smtps://u:p%40@mail.example.org:465", from: { name: "", address: "ops@example.org" } } },
    ],
    [
      "a sender may have a name",
      { COCKPIT_SMTP_URL: "smtp://localhost", COCKPIT_MAIL_FROM: '"The Cockpit, Ops" <ops@localhost>' },
      { mail: { smtpUrl: "smtp://localhost", from: { name: "The Cockpit, Ops", address: "ops@localhost" } } },
    ],
    [
      "a webhook has an address and a secret",
      { COCKPIT_WEBHOOK_URL: "http://127.0.0.1:8080/in?key=1", COCKPIT_WEBHOOK_SECRET: "x".repeat(32) },
      { webhook: { url: "http://127.0.0.1:8080/in?key=1", secret: "x".repeat(32) } },
    ],
    ["a sender without a server sends nothing", { COCKPIT_MAIL_FROM: "ops@example.org" }, { mail: undefined }],
    [
      "settings come along",
      { THGENT_ESCALATION_SLA_MINUTES: "45" },
      {
        settings: expect.objectContaining({ escalation_sla_minutes: { value: 45, origin: "environment" } }) as unknown,
      },
    ],
  ])("%s", (_, record, expected) => {
    expect(parseEnv(record)).toMatchObject(expected);
  });

  it.each([
    [{ PORT: "http" }, 'PORT is "http"; it must be a whole number from 1 to 65535.'],
    [{ PORT: "0" }, 'PORT is "0"; it must be a whole number from 1 to 65535.'],
    [{ HOST: "a b" }, 'HOST is "a b"; it must be a host name or an address to listen on.'],
    [
      { COCKPIT_URL: "cockpit" },
      'COCKPIT_URL is "cockpit"; it must be an address without a path, such as https://cockpit.example.org.',
    ],
    [
      { COCKPIT_URL: "https://a.example/ops" },
      'COCKPIT_URL is "https://a.example/ops"; it must be an address without a path, such as https://cockpit.example.org.',
    ],
    [{ COCKPIT_SECRET: "short" }, "COCKPIT_SECRET has 5 characters; it must have at least 32 characters."],
    [{ COCKPIT_TRUST_PROXY: "maybe" }, 'COCKPIT_TRUST_PROXY is "maybe"; it must be true or false.'],
    [{ COCKPIT_DATABASE_POOL: "1" }, 'COCKPIT_DATABASE_POOL is "1"; it must be a whole number from 2 to 100.'],
    [
      { COCKPIT_LOG_LEVEL: "loud" },
      'COCKPIT_LOG_LEVEL is "loud"; it must be one of trace, debug, info, warn, error, fatal, silent.',
    ],
    [
      { DATABASE_URL: "mysql://u:secret@h/d" },
      'DATABASE_URL is "mysql://u:…@h/d"; it must be an address like postgresql://user:password@host:5432/database.',
    ],
    [{ COCKPIT_SMTP_URL: "smtp://localhost" }, "COCKPIT_MAIL_FROM is not set; COCKPIT_SMTP_URL needs it."],
    [
      { COCKPIT_SMTP_URL: "smtp://localhost", COCKPIT_MAIL_FROM: "ops" },
      'COCKPIT_MAIL_FROM is "ops"; it must be an e-mail address, or Name <address>.',
    ],
    [
      { COCKPIT_SMTP_URL: "smtp://localhost", COCKPIT_MAIL_FROM: "a@b.c, d@e.f" },
      'COCKPIT_MAIL_FROM is "a@b.c, d@e.f"; it must be an e-mail address, or Name <address>.',
    ],
    [
      { COCKPIT_WEBHOOK_URL: "https://hooks.example.org" },
      "COCKPIT_WEBHOOK_SECRET is not set; COCKPIT_WEBHOOK_URL needs it.",
    ],
    [
      { COCKPIT_WEBHOOK_URL: "https://hooks.example.org", COCKPIT_WEBHOOK_SECRET: "short" },
      "COCKPIT_WEBHOOK_SECRET has 5 characters; it must have at least 32 characters.",
    ],
    [
      { THGENT_ESCALATION_SLA_MINUTES: "4" },
      'THGENT_ESCALATION_SLA_MINUTES is "4"; it must be a whole number from 5 to 1440 (minutes).',
    ],
    [
      { THGENT_OVERRIDE_TTL_SECONDS: "1e3" },
      'THGENT_OVERRIDE_TTL_SECONDS is "1e3"; it must be a whole number from 60 to 604800 (seconds).',
    ],
    [
      { THGENT_ESCALATION_SLA_BREACH_ALERT: "perhaps" },
      'THGENT_ESCALATION_SLA_BREACH_ALERT is "perhaps"; it must be true or false.',
    ],
  ])("refuses %j", (record, message) => {
    expect(problem(record)).toBe(message);
  });

  it.each([
    ["COCKPIT_SMTP_URL", "mail.example.org"],
    ["COCKPIT_SMTP_URL", "smtp://"],
    ["COCKPIT_SMTP_URL", "http://u:hunter2@mail.example.org"],
    ["COCKPIT_SMTP_URL", "smtp://u:hunter2/@mail.example.org"],
    ["COCKPIT_SMTP_URL", "smtp://u:hunter2@mail.example.org/path"],
    ["COCKPIT_SMTP_URL", "smtp://u:hunter2@mail.example.org?tls.rejectUnauthorized=false"],
    ["COCKPIT_SMTP_URL", "smtp://u:hunter2%zz@mail.example.org"],
    ["COCKPIT_SMTP_URL", "smtp://hunter2@mail.example.org"],
    ["COCKPIT_WEBHOOK_URL", "hooks.example.org/hunter2"],
    ["COCKPIT_WEBHOOK_URL", "ftp://hooks.example.org/hunter2"],
    ["COCKPIT_WEBHOOK_URL", "https://u:hunter2@hooks.example.org"],
  ])("refuses %s=%s without repeating it", (name, text) => {
    const said = problem({
      COCKPIT_MAIL_FROM: "ops@example.org",
      COCKPIT_WEBHOOK_SECRET: "x".repeat(32),
      [name]: text,
    });
    expect(said).toMatch(new RegExp(`^${name} has ${text.length} characters; it must be an [^\\n]*\\.$`));
    expect(said).not.toContain("hunter2");
  });

  it("names every bad variable, in one line", () => {
    expect(problem({ PORT: "x", THGENT_ESCALATION_SLA_MINUTES: "y" })).toMatch(
      /^PORT .*THGENT_ESCALATION_SLA_MINUTES [^\n]*$/,
    );
  });
});
