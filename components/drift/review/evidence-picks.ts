"use client";

import { createContext, use } from "react";

/** The events that the reviewer picked, by their lines: whatever section shows an event may let it be picked, and the decision says which. */
export type EvidencePicks = { lines: readonly number[]; toggle: (line: number) => void };

export const EvidenceContext = createContext<EvidencePicks | null>(null);

/** Null: nothing is decided on this page now, so nothing is picked. */
export const useEvidencePicks = (): EvidencePicks | null => use(EvidenceContext);
