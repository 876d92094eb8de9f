/** @type {import("next").NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  agentRules: false,
  serverExternalPackages: ["@node-rs/argon2", "@prisma/client", "pg", "pino", "graphile-worker", "rate-limiter-flexible"],
};
export default nextConfig;
