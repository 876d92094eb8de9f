/**
 * Does the work, or, when it is being done already, has it done once more afterwards and answers at once. In this process only. Throws what the
 * work throws to whoever began it; what was asked for meanwhile is then theirs to try again.
 */
export function oneAtATime(work: () => Promise<unknown>): () => Promise<void> {
  let [running, again] = [false, false];
  return async () => {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        await work();
      }
    } finally {
      running = false;
    }
  };
}
