// @ts-check
// What is said into a log on a full disk is lost; it ends nothing.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

/**
 * Ends this process when its supervisor says so, when it is asked from outside (SIGTERM), or when the supervisor is gone. A
 * Ctrl-C reaches every process of the terminal at once; ours wait for the supervisor, which knows the order.
 *
 * @param {() => Promise<void>} finish what is under way is finished here
 */
export function endWhenTold(finish) {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    finish().then(
      () => process.exit(0),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("message", (message) => {
    if (message === "stop") end();
  });
  process.on("disconnect", end);
  process.on("SIGTERM", end);
  process.on("SIGINT", () => {
    if (!process.connected) end();
  });
  process.on("SIGHUP", () => {
    if (!process.connected) end();
  });
}
