import "server-only";
import type { SettingView } from "@/lib/areas/operating-model/contract";
import { env } from "@/lib/kernel/env";
import { settingDefinitions, type SettingName } from "@/lib/model/settings";

/** The settings in force and where each came from. */
export function settingsView(): SettingView[] {
  const { settings } = env();
  return (Object.keys(settingDefinitions) as SettingName[]).map((name) => {
    const definition = settingDefinitions[name];
    const { value, origin } = settings[name];
    return {
      name,
      environment: definition.environment,
      value:
        typeof value === "boolean"
          ? value
            ? "on"
            : "off"
          : `${value} ${definition.kind === "integer" ? definition.unit : ""}`.trim(),
      origin,
      allowed: definition.kind === "integer" ? `${definition.min} – ${definition.max} ${definition.unit}` : "on or off",
      says: definition.says,
    };
  });
}
