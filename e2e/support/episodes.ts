/** Episodes of drift that nobody has touched, as thegent's telemetry makes them. */
import fs from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { expect, type APIRequestContext } from "@playwright/test";
import type { EpisodeDetail } from "@/lib/areas/drift/contract";
import type { Cockpit, Staffed } from "./cockpit";
import { query } from "./database";

const stocks = new WeakMap<Staffed, string[]>();

/** One of its own each time, made ten at once: each wait for the worker is for all of them. */
export async function takeEpisode(cockpit: Staffed): Promise<string> {
  const stock = stocks.get(cockpit) ?? [];
  stocks.set(cockpit, stock);
  if (!stock.length) stock.push(...(await driftOfTen(cockpit)));
  return stock.shift()!;
}

/** Ten providers are less sure of their outputs than before. thegent compares one from five lines on within the last fifty, and ten before these. */
async function driftOfTen({ sessionDir, dataDir }: Cockpit): Promise<string[]> {
  const providers = Array.from({ length: 10 }, () => `rights-${randomUUID().slice(0, 8)}`);
  const written = (confidence: number, times: number) =>
    providers.flatMap((provider) => Array<string>(times).fill(lineOf(provider, confidence)));
  fs.appendFileSync(
    path.join(sessionDir, "contract_telemetry.jsonl"),
    [...written(0.9, 10), ...written(0.4, 5), ""].join("\n"),
  );
  const read = () =>
    query<{ id: string }>(dataDir, `SELECT "id" FROM "DriftEpisode" WHERE "provider" = ANY ($1)`, [providers]);
  await expect.poll(async () => (await read()).length, { intervals: [50] }).toBe(providers.length);
  return (await read()).map(({ id }) => id);
}

const lineOf = (provider: string, confidence: number): string =>
  JSON.stringify({
    timestamp: new Date().toISOString(),
    event_type: "normalization",
    run_id: "run_rights",
    provider,
    contract: "csm-v1",
    confidence,
    success: true,
    errors: [],
  });

export const readEpisode = async (reader: APIRequestContext, id: string): Promise<EpisodeDetail> =>
  (await (await reader.get(`/api/drift/${id}`)).json()) as EpisodeDetail;
