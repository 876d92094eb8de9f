import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Announcer } from "@/components/shell/announcer";
import { LiveSign } from "@/components/shell/live-sign";
import { Nav } from "@/components/shell/nav";
import { QueryProvider } from "@/components/shell/query-provider";
import { Shortcuts } from "@/components/shell/shortcuts";
import { SignOutButton } from "@/components/shell/sign-out-button";
import { themeOf } from "@/components/shell/theme";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { keysOfActs } from "@/lib/areas/escalation/acts/escalation-acts";
// An act is sent to where the browser is by then, which may be the next page already: every page knows every act.
import "./drift/actions";
import "./drift/sweep/actions";
import "./duty/actions";
import "./escalations/actions";
import "./inbox/actions";
import "./overrides/actions";
import {
  BellPanel,
  DutyPanel,
  OverrideCountPanel,
  OwnerPanel,
  PersonPanel,
  QueueCountPanel,
  SourcePanel,
  UnreadPanel,
} from "./panels";

/** The shell around every page. It reads nothing but who asks: its figures are the browser's to read. It guards nothing: pages and data do. */
export default function CockpitLayout({ children }: { children: ReactNode }) {
  return (
    <QueryProvider>
      <a
        href="#main"
        className="sr-only z-20 rounded bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-1 focus:left-1"
      >
        Skip to the page
      </a>
      <header className="sticky top-0 z-10 flex h-11 items-center gap-x-4 border-b border-line bg-ground px-4 max-sm:gap-x-1.5 max-sm:px-3">
        <SourcePanel />
        <span className="ml-auto" />
        <LiveSign />
        <PersonPanel />
        <DutyPanel />
        <span className="no-print flex items-center">
          <BellPanel />
          <Shortcuts acts={keysOfActs} />
          <ThemePanel />
          <SignOutButton />
        </span>
      </header>
      <OwnerPanel />
      <div className="md:flex md:min-h-[calc(100dvh-2.75rem)]">
        <Nav
          counts={{
            "/escalations": <QueueCountPanel />,
            "/overrides": <OverrideCountPanel />,
            "/inbox": <UnreadPanel />,
          }}
        />
        <main id="main" tabIndex={-1} className="min-w-0 grow outline-none">
          {children}
        </main>
      </div>
      <Announcer />
    </QueryProvider>
  );
}

async function ThemePanel() {
  return <ThemeSwitch initial={themeOf((await cookies()).get("theme")?.value)} />;
}
