/** `npm run generate`: packages and Prisma's client as the repository says. */
import { makeReady } from "./lib/repository.mjs";

await makeReady();
