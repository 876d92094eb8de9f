import { slaMinutes, leastSeconds, mostSeconds } from "./limits";

/** Section 6: the settings that the operating model enforces; and, named COCKPIT_…, the cockpit's own. */
export type SettingName =
  | "escalation_sla_minutes"
  | "escalation_sla_breach_alert"
  | "override_ttl_seconds"
  | "claim_quiet_minutes"
  | "consult_window_minutes"
  | "override_warning_minutes"
  | "sweep_every_minutes";

export type SettingDefinition =
  | { kind: "integer"; environment: string; default: number; min: number; max: number; unit: string; says: string }
  | { kind: "boolean"; environment: string; default: boolean; says: string };

export const settingDefinitions: Readonly<Record<SettingName, SettingDefinition>> = {
  escalation_sla_minutes: {
    kind: "integer",
    environment: "THGENT_ESCALATION_SLA_MINUTES",
    default: 30,
    min: slaMinutes.least,
    max: slaMinutes.most,
    unit: "minutes",
    says: "How long a policy denial may wait before it is past its SLA",
  },
  escalation_sla_breach_alert: {
    kind: "boolean",
    environment: "THGENT_ESCALATION_SLA_BREACH_ALERT",
    default: true,
    says: "Whether an item past its SLA alerts the Product Owner",
  },
  override_ttl_seconds: {
    kind: "integer",
    environment: "THGENT_OVERRIDE_TTL_SECONDS",
    default: 86_400,
    min: leastSeconds,
    max: mostSeconds,
    unit: "seconds",
    says: "How long an approved override stays valid at most",
  },
  claim_quiet_minutes: {
    kind: "integer",
    environment: "COCKPIT_CLAIM_QUIET_MINUTES",
    default: 15,
    min: 1,
    max: 1440,
    unit: "minutes",
    says: "How long a claim holds without a word of its holder before it returns to the queue",
  },
  consult_window_minutes: {
    kind: "integer",
    environment: "COCKPIT_CONSULT_WINDOW_MINUTES",
    default: 15,
    min: 1,
    max: 1440,
    unit: "minutes",
    says: "How long a requested override waits for advice, unless whoever decides says why they do not",
  },
  override_warning_minutes: {
    kind: "integer",
    environment: "COCKPIT_OVERRIDE_WARNING_MINUTES",
    default: 10,
    min: 1,
    max: 1440,
    unit: "minutes",
    says: "How long before an override ends whoever asked for it is warned; at half of a shorter life",
  },
  sweep_every_minutes: {
    kind: "integer",
    environment: "COCKPIT_SWEEP_EVERY_MINUTES",
    default: 60,
    min: 5,
    max: 10_080,
    unit: "minutes",
    says: "How long after a sweep for drift, budget, past SLA and audit the next one begins by itself",
  },
};

type SettingValue = { value: number | boolean; origin: "default" | "environment" };
export type Settings = Readonly<Record<SettingName, SettingValue>>;

/**
 * Reads the settings from environment text. Answers either all settings with where each came from, or one sentence per bad
 * variable: its name, what it held and what is allowed. Booleans are written as thegent reads them: 1/true/yes, 0/false/no.
 */
export function parseSettings(
  environment: Readonly<Record<string, string | undefined>>,
): { ok: true; settings: Settings } | { ok: false; problems: string[] } {
  const problems: string[] = [];
  const entries = Object.entries(settingDefinitions).map(([name, definition]) => {
    const text = environment[definition.environment];
    if (text === undefined || text.trim() === "") return [name, { value: definition.default, origin: "default" }];
    const value = definition.kind === "integer" ? parseInteger(text, definition) : parseBoolean(text);
    if (value === undefined) {
      const allowed =
        definition.kind === "integer"
          ? `a whole number from ${definition.min} to ${definition.max} (${definition.unit})`
          : "true or false";
      problems.push(`${definition.environment} is "${text.slice(0, 80)}"; it must be ${allowed}.`);
    }
    return [name, { value: value ?? definition.default, origin: "environment" }];
  });
  return problems.length ? { ok: false, problems } : { ok: true, settings: Object.fromEntries(entries) as Settings };
}

function parseInteger(text: string, { min, max }: { min: number; max: number }): number | undefined {
  if (!/^\s*\d{1,9}\s*$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

function parseBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (["1", "true", "yes", "on"].includes(word)) return true;
  return ["0", "false", "no", "off"].includes(word) ? false : undefined;
}

/** The settings as the rules use them. */
export const slaMinutesOf = (settings: Settings): number => Number(settings.escalation_sla_minutes.value);
export const breachAlertOf = (settings: Settings): boolean => settings.escalation_sla_breach_alert.value === true;
export const consultMinutesOf = (settings: Settings): number => Number(settings.consult_window_minutes.value);
export const warnMinutesOf = (settings: Settings): number => Number(settings.override_warning_minutes.value);
export const quietMinutesOf = (settings: Settings): number => Number(settings.claim_quiet_minutes.value);
export const sweepMinutesOf = (settings: Settings): number => Number(settings.sweep_every_minutes.value);
export const ttlSecondsOf = (settings: Settings): number => Number(settings.override_ttl_seconds.value);
