import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Gallery } from "@/components/gallery/gallery";
import { Refused } from "@/components/shell/refused";
import { env } from "@/lib/kernel/env";
import { systemClock } from "@/lib/kernel/time";
import { access } from "../access";

export const metadata: Metadata = { title: "States gallery" };

/** For those who develop the cockpit; nobody else has the page. */
export default async function GalleryPage() {
  if (!env().gallery) notFound();
  const { person, decision } = await access("source.view", "/gallery");
  if (!decision.allowed) return <Refused {...decision} hasRole={person.roles.length > 0} />;
  return <Gallery now={systemClock().toISOString()} />;
}
