"use client";

import { useSyncExternalStore } from "react";
import { otherPerson, type Other } from "@/lib/kernel/query/page-owner";

/** Who is signed in beside this page, if it is not its owner. */
export const useOtherPerson = (): Other =>
  useSyncExternalStore<Other>(otherPerson.subscribe, otherPerson.get, () => undefined);
