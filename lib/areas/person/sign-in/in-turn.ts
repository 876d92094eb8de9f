type Line = { running: number; waiting: (() => void)[] };

/**
 * At most so many at a time for each key; who comes later waits in line. In this process only. A whole shift that signs in at once is
 * so never counted as failing at once, and nobody keeps every processor at work with passwords.
 */
export function inTurn(most: number): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const lines = new Map<string, Line>();
  return async (key, work) => {
    const line = lines.get(key) ?? { running: 0, waiting: [] };
    lines.set(key, line);
    if (line.running < most) line.running++;
    else await new Promise<void>((go) => line.waiting.push(go));
    try {
      return await work();
    } finally {
      const next = line.waiting.shift();
      if (next) next();
      else if (--line.running === 0) lines.delete(key);
    }
  };
}
