import { expect, it } from "vitest";
import { parseEnv } from "@/lib/kernel/env";
import { configuredChannels } from "./configured-channels";

const mail = { COCKPIT_SMTP_URL: "smtp://localhost:2525", COCKPIT_MAIL_FROM: "cockpit@example.org" };
const webhook = { COCKPIT_WEBHOOK_URL: "https://hooks.example.org/in", COCKPIT_WEBHOOK_SECRET: "x".repeat(32) };

it.each([
  [{}, []],
  [mail, ["email"]],
  [webhook, ["webhook"]],
  [{ ...mail, ...webhook }, ["email", "webhook"]],
])("%j configures %j", async (record, names) => {
  const channels = configuredChannels(parseEnv(record));
  expect(channels.map(({ name }) => name)).toEqual(names);
  await Promise.all(channels.map((channel) => channel.close()));
});
