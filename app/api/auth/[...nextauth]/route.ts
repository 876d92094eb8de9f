import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";

const handler: unknown = NextAuth(authOptions);
const route = handler as (request: Request, context: unknown) => Promise<Response>;

export { route as GET, route as POST };
