declare module "@/lib/kernel/chain/payloads" {
  interface Payloads {
    "inbox.set-email": { before: { emailKinds: string[] }; after: { emailKinds: string[] } };
  }
}

export {};
