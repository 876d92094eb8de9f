"use client";

import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useEffect } from "react";
import { readWhatCameMeanwhile } from "@/lib/kernel/query/live";

/** Whenever the server has drawn the page anew, what changed while it was on its way is read. */
export function ReadAgain({ drawn }: { drawn: readonly QueryKey[] }) {
  const client = useQueryClient();
  useEffect(() => void readWhatCameMeanwhile(client, drawn, performance.now()), [client, drawn]);
  return null;
}
