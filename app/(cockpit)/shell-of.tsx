import type { ReactNode } from "react";
import { Hydrate, type Known } from "@/components/shell/hydrate";
import { drawsShell } from "@/lib/kernel/act/drawn-shell";
import type { PersonActor } from "@/lib/model/decide";

type Props = { person: PersonActor; reads: () => Promise<Known>[]; children: ReactNode };

/** A page with what it shows first; without it where only its shell is drawn, which what is read follows (documents.ts). */
export async function ShellOf({ person, reads, children }: Props) {
  return <Hydrate known={drawsShell(person) ? [] : await Promise.all(reads())}>{children}</Hydrate>;
}
