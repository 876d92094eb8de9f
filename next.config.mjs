/** @type {import("next").NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  agentRules: false,
  // A build is made in a folder of its own, outside of which its packages lie (lib/server/build.ts).
  ...(process.env.COCKPIT_BUILD_ROOT && { turbopack: { root: process.env.COCKPIT_BUILD_ROOT } }),
  // `npm test` checks the types of everything; whoever starts the program need not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/client",
    "pg",
    "pino",
    "graphile-worker",
    "rate-limiter-flexible",
  ],
};
export default nextConfig;
