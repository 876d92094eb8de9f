import type { Standing } from "@/lib/kernel/chain/payloads";

declare module "@/lib/kernel/chain/payloads" {
  interface Payloads {
    "drift.recover": { before: Standing; after: Standing & { quietMinutes: number } };
  }
}
