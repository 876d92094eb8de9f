declare module "@/lib/kernel/chain/payloads" {
  interface Payloads {
    "sample.seed": { before: null; after: { directory: string } };
  }
}

export {};
