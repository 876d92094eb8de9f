import { describe, expect, it } from "vitest";
import { parseSettings } from "./settings";

describe("settings from the environment", () => {
  it("are the defaults, and say so, when nothing is set", () => {
    expect(parseSettings({})).toEqual({
      ok: true,
      settings: {
        escalation_sla_minutes: { value: 30, origin: "default" },
        escalation_sla_breach_alert: { value: true, origin: "default" },
        override_ttl_seconds: { value: 86_400, origin: "default" },
        claim_quiet_minutes: { value: 15, origin: "default" },
        consult_window_minutes: { value: 15, origin: "default" },
        override_warning_minutes: { value: 10, origin: "default" },
        sweep_every_minutes: { value: 60, origin: "default" },
      },
    });
  });
  it.each([
    ["THGENT_ESCALATION_SLA_MINUTES", "5", 5],
    ["THGENT_ESCALATION_SLA_MINUTES", "1440", 1440],
    ["THGENT_OVERRIDE_TTL_SECONDS", "60", 60],
    ["THGENT_OVERRIDE_TTL_SECONDS", " 604800 ", 604_800],
    ["COCKPIT_CLAIM_QUIET_MINUTES", "1", 1],
    ["COCKPIT_CLAIM_QUIET_MINUTES", "1440", 1440],
    ["COCKPIT_CONSULT_WINDOW_MINUTES", "1440", 1440],
    ["COCKPIT_OVERRIDE_WARNING_MINUTES", "1", 1],
    ["COCKPIT_SWEEP_EVERY_MINUTES", "5", 5],
    ["COCKPIT_SWEEP_EVERY_MINUTES", "10080", 10_080],
    ["THGENT_ESCALATION_SLA_BREACH_ALERT", "No", false],
    ["THGENT_ESCALATION_SLA_BREACH_ALERT", "1", true],
  ])("%s=%s rules", (name, text, value) => {
    const parsed = parseSettings({ [name]: text });
    expect(parsed.ok && Object.values(parsed.settings)).toContainEqual({ value, origin: "environment" });
  });
  it.each([
    ["THGENT_ESCALATION_SLA_MINUTES", "4", "a whole number from 5 to 1440"],
    ["THGENT_ESCALATION_SLA_MINUTES", "1441", "a whole number from 5 to 1440"],
    ["THGENT_ESCALATION_SLA_MINUTES", "3e1", "a whole number"],
    ["THGENT_ESCALATION_SLA_MINUTES", "-30", "a whole number"],
    ["THGENT_OVERRIDE_TTL_SECONDS", "59", "from 60 to 604800"],
    ["COCKPIT_CLAIM_QUIET_MINUTES", "0", "a whole number from 1 to 1440"],
    ["COCKPIT_CLAIM_QUIET_MINUTES", "1441", "a whole number from 1 to 1440"],
    ["COCKPIT_SWEEP_EVERY_MINUTES", "4", "a whole number from 5 to 10080"],
    ["COCKPIT_SWEEP_EVERY_MINUTES", "10081", "a whole number from 5 to 10080"],
    ["THGENT_ESCALATION_SLA_BREACH_ALERT", "maybe", "true or false"],
  ])("%s=%s is refused with its name, what it held and what is allowed", (name, text, allowed) => {
    const parsed = parseSettings({ [name]: text });
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.problems).toEqual([expect.stringContaining(`${name} is "${text}"`)]);
    expect(!parsed.ok && parsed.problems[0]).toContain(allowed);
  });
});
