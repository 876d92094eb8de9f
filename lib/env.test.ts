import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { StartError } from "@/lib/errors";

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
      dataDir: path.resolve(".data"),
      databasePool: 10,
      logLevel: "info",
    });
  });

  it.each([
    ["an empty variable counts as unset", { PORT: " ", DATABASE_URL: "" }, { port: 3000, databaseUrl: undefined }],
    ["the address follows the port", { PORT: "8080" }, { url: "http://localhost:8080" }],
    ["an address is kept as its origin", { COCKPIT_URL: "https://Cockpit.example.org/" }, { url: "https://cockpit.example.org" }],
    ["a tilde is the home directory", { THGENT_SESSION_DIR: "~/x" }, { sessionDir: path.join(os.homedir(), "x") }],
    ["a tilde inside a path is a name", { THGENT_SESSION_DIR: "/a/~/b" }, { sessionDir: "/a/~/b" }],
    ["booleans are words", { COCKPIT_TRUST_PROXY: "YES" }, { trustProxy: true }],
    ["settings come along", { THGENT_ESCALATION_SLA_MINUTES: "45" }, { settings: expect.objectContaining({ escalation_sla_minutes: { value: 45, origin: "environment" } }) as unknown }],
  ])("%s", (_, record, expected) => {
    expect(parseEnv(record)).toMatchObject(expected);
  });

  it.each([
    [{ PORT: "http" }, 'PORT is "http"; it must be a whole number from 1 to 65535.'],
    [{ PORT: "0" }, 'PORT is "0"; it must be a whole number from 1 to 65535.'],
    [{ HOST: "a b" }, 'HOST is "a b"; it must be a host name or an address to listen on.'],
    [{ COCKPIT_URL: "cockpit" }, 'COCKPIT_URL is "cockpit"; it must be an address without a path, such as https://cockpit.example.org.'],
    [{ COCKPIT_URL: "https://a.example/ops" }, 'COCKPIT_URL is "https://a.example/ops"; it must be an address without a path, such as https://cockpit.example.org.'],
    [{ COCKPIT_SECRET: "short" }, "COCKPIT_SECRET has 5 characters; it must have at least 32 characters."],
    [{ COCKPIT_TRUST_PROXY: "maybe" }, 'COCKPIT_TRUST_PROXY is "maybe"; it must be true or false.'],
    [{ COCKPIT_DATABASE_POOL: "1" }, 'COCKPIT_DATABASE_POOL is "1"; it must be a whole number from 2 to 100.'],
    [{ COCKPIT_LOG_LEVEL: "loud" }, 'COCKPIT_LOG_LEVEL is "loud"; it must be one of trace, debug, info, warn, error, fatal, silent.'],
    [{ DATABASE_URL: "mysql://u:secret@h/d" }, 'DATABASE_URL is "mysql://u:…@h/d"; it must be an address like postgresql://user:password@host:5432/database.'],
    [{ THGENT_ESCALATION_SLA_MINUTES: "4" }, 'THGENT_ESCALATION_SLA_MINUTES is "4"; it must be a whole number from 5 to 1440 (minutes).'],
    [{ THGENT_OVERRIDE_TTL_SECONDS: "1e3" }, 'THGENT_OVERRIDE_TTL_SECONDS is "1e3"; it must be a whole number from 60 to 604800 (seconds).'],
    [{ THGENT_ESCALATION_SLA_BREACH_ALERT: "perhaps" }, 'THGENT_ESCALATION_SLA_BREACH_ALERT is "perhaps"; it must be true or false.'],
  ])("refuses %j", (record, message) => {
    expect(problem(record)).toBe(message);
  });

  it("names every bad variable, in one line", () => {
    expect(problem({ PORT: "x", THGENT_ESCALATION_SLA_MINUTES: "y" })).toMatch(/^PORT .*THGENT_ESCALATION_SLA_MINUTES [^\n]*$/);
  });
});
