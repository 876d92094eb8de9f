/** Stands between a program and a server, and can fall silent without closing anything, as a network does that is cut. */
import net from "node:net";

export type SilentProxy = { url: string; silence(): void; close(): void };

export async function silentProxy(databaseUrl: string): Promise<SilentProxy> {
  const to = new URL(databaseUrl);
  const sockets = new Set<net.Socket>();
  let isSilent = false;
  const server = net.createServer((socket) => {
    const beyond = net.connect(Number(to.port), to.hostname);
    for (const [one, other] of [
      [socket, beyond],
      [beyond, socket],
    ] as const) {
      sockets.add(one);
      one.on("data", (bytes) => !isSilent && other.write(bytes));
      one.on("error", () => {}).on("close", () => !isSilent && other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as net.AddressInfo).port);
  return {
    url: url.href,
    silence: () => void (isSilent = true),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
