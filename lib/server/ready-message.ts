/** What `npm start` prints once people can sign in. */
import type { Prepared } from "@/lib/areas/person/acts/prepare";
import { roleNames } from "@/lib/model/roles";

type Ready = {
  url: string;
  trustProxy: boolean;
  people: Prepared;
  sessionDirectory: string;
  isSample: boolean;
  developing: boolean;
  logs: string;
};

export function readyMessage({ url, trustProxy, people, sessionDirectory, isSample, developing, logs }: Ready): string {
  return [
    "",
    `The cockpit is ready: ${url}`,
    ...sayAddress(url, trustProxy),
    "",
    ...howToSignIn(people, url),
    "",
    `Session directory: ${sessionDirectory}${isSample ? " (a copy of the shipped sample; set THGENT_SESSION_DIR to work on yours)" : ""}`,
    `Logs: ${logs}`,
    ...(developing ? ["Development: pages and worker follow what you change. Pages are slow when first opened."] : []),
    "Ctrl-C ends it.",
  ].join("\n");
}

/** Acts are let in from COCKPIT_URL's pages alone, so what does not go with it is better said now than when the first one is refused. */
export function sayAddress(url: string, trustProxy: boolean): string[] {
  const { protocol, hostname } = new URL(url);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (trustProxy && isLocal)
    return [
      `COCKPIT_TRUST_PROXY is set, but COCKPIT_URL is ${url}: what is done on pages under another address is refused. Set COCKPIT_URL to where people reach it.`,
    ];
  if (!trustProxy && protocol === "https:")
    return [
      "COCKPIT_URL is https, so a proxy stands in front, but COCKPIT_TRUST_PROXY is not set: everybody seems to come from the proxy's address.",
    ];
  return [];
}

function howToSignIn(people: Prepared, url: string): string[] {
  if (people.kind === "none") return ["Sign in with your account; `npm run cockpit -- user list` names them."];
  if (people.kind === "invite")
    return ["Nobody can sign in yet. This link makes the first account; it works once:", `  ${url}${people.path}`];
  const rows = [
    ["Role", "E-mail", "Password"],
    ...people.accounts.map(({ role, email, password }) => [roleNames[role], email, password]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return [
    "Sign in as one of the sample's people:",
    ...rows.map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join("  ")
          .trimEnd()}`,
    ),
  ];
}
