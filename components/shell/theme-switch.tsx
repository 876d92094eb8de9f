"use client";

import { useState } from "react";
import { Icon } from "@/components/ui/icon";
import { themes, type Theme } from "./theme";

const YEAR_SECONDS = 31_536_000;
const icons = { system: "half", light: "sun", dark: "moon" } as const;

/** Steps through system, light and dark; remembered in a cookie, so that the server draws the next page in it. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length]!;
  const choose = () => {
    setTheme(next);
    document.documentElement.classList.remove("light", "dark");
    if (next !== "system") document.documentElement.classList.add(next);
    document.cookie = `theme=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  };
  return (
    <button
      type="button"
      onClick={choose}
      title={`Theme: ${theme}. Switch to ${next}.`}
      className="flex size-8 items-center justify-center rounded text-muted hover:bg-surface hover:text-ink"
    >
      <Icon name={icons[theme]} />
      <span className="sr-only">
        Theme: {theme}. Switch to {next}.
      </span>
    </button>
  );
}
