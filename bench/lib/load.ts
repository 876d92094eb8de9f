/** Requests against several pages in turn, so that whatever else the machine does meets them all alike. */
import autocannon from "autocannon";

export type Target = { name: string; url: string; cookie?: string };
export type Figures = { p50: number; p95: number; perSecond: number };

const rounds = 5;
const requestsPerRound = 60;
const secondsPerRound = 4;
const readers = 8;

/** Milliseconds of one reader's requests, and how many a second eight readers get. */
export async function compare(targets: Target[], tell: (line: string) => void): Promise<Map<string, Figures>> {
  const times = new Map(targets.map(({ name }) => [name, [] as number[]]));
  const rates = new Map(targets.map(({ name }) => [name, [] as number[]]));
  for (const target of targets) await run(target, { amount: 30, connections: 2 }); // warm
  for (let round = 1; round <= rounds; round++) {
    tell(`round ${round} of ${rounds} …`);
    for (const target of targets)
      times.get(target.name)!.push(...(await run(target, { amount: requestsPerRound, connections: 1 })).times);
    for (const target of targets)
      rates.get(target.name)!.push((await run(target, { duration: secondsPerRound, connections: readers })).perSecond);
  }
  return new Map(
    targets.map(({ name }) => [name, { ...quantiles(times.get(name)!), perSecond: quantiles(rates.get(name)!).p50 }]),
  );
}

export function quantiles(values: number[]): { p50: number; p95: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p95: at(0.95) };
}

type Amount = { connections: number; amount?: number; duration?: number };

function run(
  { name, url, cookie }: Target,
  { connections, amount, duration }: Amount,
): Promise<{ times: number[]; perSecond: number }> {
  const times: number[] = [];
  return new Promise((resolve, reject) => {
    const instance = autocannon(
      {
        url,
        connections,
        ...(amount ? { amount } : {}),
        ...(duration ? { duration } : {}),
        headers: { accept: "text/html", "accept-encoding": "gzip", ...(cookie ? { cookie } : {}) },
      },
      (error, result) => {
        if (error) return reject(error);
        if (result.non2xx || result.errors)
          return reject(new Error(`${name}: ${result.non2xx} refused, ${result.errors} failed`));
        resolve({ times, perSecond: result["2xx"] / result.duration });
      },
    );
    instance.on("response", (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  });
}
