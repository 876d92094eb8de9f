"use client";

import { useSyncExternalStore, type ComponentProps } from "react";
import { Button } from "./button";

const never = () => () => undefined;

/**
 * The button that sends a form. It waits until the page's script runs: before that a press would be the browser's own, which loads the page
 * anew and puts what was typed into its address.
 */
export function SubmitButton(props: Omit<ComponentProps<typeof Button>, "type" | "disabled">) {
  const awake = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return <Button type="submit" disabled={!awake} {...props} />;
}
