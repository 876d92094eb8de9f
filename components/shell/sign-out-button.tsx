"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { signOut } from "./session";

const entry = "/sign-in";

/** Ends the session, then loads the sign-in page whole: nothing that was read stays in the browser's memory. */
export function SignOutButton() {
  const [state, setState] = useState<"idle" | "pending" | "failed">("idle");
  const leave = async () => {
    setState("pending");
    if (await signOut()) window.location.assign(new URL(entry, window.location.origin));
    else setState("failed");
  };
  return (
    <Button
      look="quiet"
      size="small"
      className="max-sm:px-1"
      pending={state === "pending"}
      onClick={leave}
      title={state === "failed" ? "You are still signed in. Try again." : "Sign out"}
    >
      <Icon name="out" />
      <span className="max-sm:sr-only">{state === "failed" ? "Not signed out: try again" : "Sign out"}</span>
    </Button>
  );
}
