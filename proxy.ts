import { NextResponse, type NextRequest } from "next/server";
import { sessionCookies } from "@/lib/kernel/session/session-cookie";

const open = ["/sign-in", "/sign-up"];
const developing = process.env.NODE_ENV === "development";

/**
 * Two conveniences before a page, neither of them a guard: whoever has no session cookie is sent to sign in, and every page gets a
 * content security policy with a nonce of its own. Rights are checked where data is read and written.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const reads = request.method === "GET" || request.method === "HEAD";
  // A forged POST must reach its action, to be refused and audited there.
  if (reads && !open.includes(pathname) && !sessionCookies.some((name) => request.cookies.has(name))) {
    const signIn = new URL("/sign-in", request.nextUrl);
    if (pathname !== "/") signIn.searchParams.set("next", pathname + search);
    return NextResponse.redirect(signIn);
  }
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()));
  const headers = new Headers(request.headers);
  // Next reads the nonce from here and puts it on its own scripts.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "same-origin");
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    // React's development build evaluates code, and its overlay styles itself.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${developing ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export const config = { matcher: "/((?!api/|_next/|favicon\\.ico|icon\\.svg).*)" };
