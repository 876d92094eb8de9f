import { nameUnkept } from "@/lib/kernel/words/text";
import type { Finding } from "./episodes";

type Opened = { contract: string | null; provider: string | null; findings: readonly Pick<Finding, "says">[] };

const longest = { name: 100, reason: 1_000 };

/** What an episode's item is about, which is the same for every episode of its contract and provider; and why it is there. */
export function sayEpisode({ contract, provider, findings }: Opened): { subject: string; reason: string } {
  const name = (text: string) => nameUnkept(cut(text, longest.name));
  const of = [provider !== null && `provider ${name(provider)}`, contract !== null && `contract ${name(contract)}`];
  const whose = of.filter(Boolean).join(", ") || "all providers";
  return {
    subject: `drift: ${whose}`,
    reason: cut(nameUnkept(findings.map(({ says }) => capital(says)).join("; ")), longest.reason),
  };
}

const cut = (text: string, most: number): string => {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : text;
};
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
