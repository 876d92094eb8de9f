/** Before the integration tests: the server that all of them share. */
import type { TestProject } from "vitest/node";
import { startTestPostgres, type TestPostgres } from "./postgres";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** Both projects of integration tests ask. */
const holder = globalThis as unknown as { testPostgres?: Promise<TestPostgres> };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const begun = (holder.testPostgres ??= startTestPostgres());
  const server = await begun;
  project.provide("postgresUrl", server.url);
  return async () => {
    if (holder.testPostgres !== begun) return;
    holder.testPostgres = undefined;
    await server.stop();
  };
}
