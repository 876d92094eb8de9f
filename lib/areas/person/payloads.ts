declare module "@/lib/kernel/chain/payloads" {
  interface Payloads {
    "person.add": { before: null; after: { email: string; name: string; roles: string[]; link?: string } };
    "person.invite": { before: null; after: { roles: string[]; expiresAt: string; replaced: number } };
    "person.set-roles": {
      before: { roles: string[] };
      after: { roles: string[]; offDuty?: string[]; sessionsEnded?: number };
    };
    "person.disable": {
      before: { disabled: false };
      after: { disabled: true; sessionsEnded: number; offDuty?: string[] };
    };
    "person.enable": { before: { disabled: true }; after: { disabled: false } };
    "person.set-password": { before: null; after: { sessionsEnded: number } };
    "session.sign-in": { before: null; after: { from: string; until: string } };
    "session.sign-out": { before: null; after: null };
    "session.lock-out": { before: null; after: { full: string; from: string; atMostUntil: string; more?: string } };
    "secret.rotate": { before: null; after: { changedAt: string } };
  }
}

export {};
