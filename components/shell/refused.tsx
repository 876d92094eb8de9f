import { Notice } from "@/components/ui/notice";
import { listed } from "@/lib/model/decide";
import type { Role } from "@/lib/model/roles";

/** A page that this person may not see: why, and who can help. */
export function Refused({ because, whoCan, hasRole }: { because: string; whoCan: readonly Role[]; hasRole: boolean }) {
  return (
    <div className="max-w-2xl space-y-3 p-4">
      <h1 className="text-lg font-semibold">{hasRole ? "This page is not yours to see" : "You have no role yet"}</h1>
      {hasRole && <Notice tone="amber">{because}</Notice>}
      <p>
        {hasRole
          ? `Ask ${listed(whoCan)} for what you need from it.`
          : "You are signed in, but rights come from roles, and you hold none. Whoever looks after this cockpit gives them on the server; they count from your next click, without signing in again."}
      </p>
    </div>
  );
}
