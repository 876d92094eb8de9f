/** The one logger: JSON lines on stderr, secrets redacted by key. */
import fs from "node:fs";
import pino from "pino";

/** Written at once, so that nothing is lost with a process that dies; what cannot be written is lost, because a complaint of a full disk must not do more harm than it. */
const stderr = {
  write(line: string): void {
    try {
      fs.writeSync(2, line);
    } catch {
      // There is nowhere left to say it.
    }
  },
};

export const log = pino(
  {
    level: process.env.COCKPIT_LOG_LEVEL ?? "info",
    base: { process: process.env.COCKPIT_PROCESS ?? "cli" },
    redact: {
      paths: ["password", "*.password", "token", "*.token", "connectionString", "*.connectionString", "url", "*.url"],
      censor: "[redacted]",
    },
  },
  stderr,
);
