import type { SettingName } from "@/lib/model/settings";

export type SettingView = {
  name: SettingName;
  environment: string;
  value: string;
  origin: "default" | "environment";
  allowed: string;
  says: string;
};
