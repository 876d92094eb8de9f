type OnDuty = { onDuty: { id: string; name: string } | null };

declare module "@/lib/kernel/chain/payloads" {
  interface Payloads {
    "duty.take": { before: OnDuty; after: OnDuty };
    "duty.leave": { before: OnDuty; after: OnDuty };
  }
}

export {};
