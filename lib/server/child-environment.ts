import type { Env } from "@/lib/kernel/env";

type Resolved = {
  databaseUrl: string;
  sessionDirectory: string;
  /** null: in development there is none. */ build: string | null;
  secret: string;
};

/** What next-auth would take for leave to believe X-Forwarded-Host. */
const hostTrusts = ["AUTH_TRUST_HOST", "VERCEL"];

/** The environment of web and worker: everything resolved, nothing left to guess. */
export function childEnvironment(
  inherited: NodeJS.ProcessEnv,
  env: Env,
  { databaseUrl, sessionDirectory, build, secret }: Resolved,
): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(inherited).filter(([name]) => !hostTrusts.includes(name)));
  return {
    ...kept,
    NODE_ENV: build === null ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    THGENT_SESSION_DIR: sessionDirectory,
    PORT: String(env.port),
    HOST: env.host,
    COCKPIT_URL: env.url,
    ...(build !== null && { COCKPIT_BUILD: build }),
    COCKPIT_SECRET: secret,
    COCKPIT_TRUST_PROXY: String(env.trustProxy),
    COCKPIT_DATA_DIR: env.dataDir,
    COCKPIT_DATABASE_POOL: String(env.databasePool),
    COCKPIT_LOG_LEVEL: env.logLevel,
    NEXTAUTH_URL: env.url,
    NEXTAUTH_SECRET: secret,
  };
}
