import "server-only";
import type { SettingView } from "@/lib/contracts/operating-model";
import { settingDefinitions, type SettingName } from "@/lib/domain/operating-model/settings";
import { env } from "@/lib/env";

/** The settings in force and where each came from. */
export function settingsView(): SettingView[] {
  const { settings } = env();
  return (Object.keys(settingDefinitions) as SettingName[]).map((name) => {
    const definition = settingDefinitions[name];
    const { value, origin } = settings[name];
    return {
      name,
      environment: definition.environment,
      value: typeof value === "boolean" ? (value ? "on" : "off") : `${value} ${definition.kind === "integer" ? definition.unit : ""}`.trim(),
      origin,
      allowed: definition.kind === "integer" ? `${definition.min} – ${definition.max} ${definition.unit}` : "on or off",
      says: definition.says,
    };
  });
}
