"use client";

import dynamic from "next/dynamic";
import type { ComponentProps } from "react";
import { Detail } from "@/components/escalation/detail";
import { ItemOverrides } from "./item-overrides";

/** Fetched when it is first opened: most items need no override. */
const OverrideForm = dynamic(() => import("./override-form"));

/** One item, and what belongs to overrides on its page. */
export function Item(props: Omit<ComponentProps<typeof Detail>, "OverrideForm" | "Overrides">) {
  return <Detail {...props} OverrideForm={OverrideForm} Overrides={ItemOverrides} />;
}
