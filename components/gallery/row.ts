import type { ReactNode } from "react";

/** A component of the kits in every state that it has. `of`: its file under `components`. */
export type GalleryRow = { of: string; states: Readonly<Record<string, ReactNode>> };

export const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3);
export const nothing = () => undefined;
