/**
 * Keys as signed notes name them: NAME+hex(key id)+base64(type ‖ key), to verify with; PRIVATE+KEY+… to sign with, as Go's sumdb/note writes it. The
 * id is the first four bytes of SHA-256(NAME ‖ newline ‖ type ‖ key). Types other than the two below (ML-DSA-44 is 0x06) are keys we do not know.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { fromBase64, Malformed } from "./text";

/** Ed25519 over the text of a note; Ed25519 over a checkpoint and the time at which it was seen (a witness' cosignature). */
export const keyTypes = { note: 0x01, cosignature: 0x04 } as const;
export type KeyType = (typeof keyTypes)[keyof typeof keyTypes];

export type VerifierKey = { name: string; id: number; type: KeyType; key: KeyObject; text: string };
export type SignerKey = { name: string; verifier: VerifierKey; key: KeyObject; text: string };

const keyBytes = 32;
/** What DER puts before the 32 bytes of an Ed25519 key. */
const der = {
  public: Buffer.from("302a300506032b6570032100", "hex"),
  private: Buffer.from("302e020100300506032b657004220420", "hex"),
};
const privatePrefix = "PRIVATE+KEY+";
const longestName = 255;

/** Without spaces and `+`, so that a line of a note can be taken apart in one way. */
export const isKeyName = (name: string): boolean =>
  name.length > 0 && name.length <= longestName && !/[\s\p{Cc}\p{Cs}+]/u.test(name);

export function parseVerifierKey(text: string): VerifierKey {
  const { name, id, type, bytes } = take(text, "a verifier key is NAME+8 hex digits+base64");
  if (id !== idOf(name, type, bytes)) throw new Malformed("Its key id is not that of its name and key.");
  return verifierOf(name, type, bytes);
}

export function parseSignerKey(text: string): SignerKey {
  if (!text.startsWith(privatePrefix)) throw new Malformed(`A signer key begins with ${privatePrefix}.`);
  const { name, id, type, bytes } = take(text.slice(privatePrefix.length), "a signer key is not whole");
  const signer = signerOf(name, type, bytes);
  if (signer.verifier.id !== id) throw new Malformed("Its key id is not that of its name and key.");
  return signer;
}

export function makeSignerKey(name: string, type: KeyType): SignerKey {
  if (!isKeyName(name)) throw new Malformed("A key's name has no spaces and no +.");
  const made = generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" });
  return signerOf(name, type, made.subarray(der.private.length));
}

export const signBytes = ({ key }: SignerKey, message: Uint8Array): Buffer => sign(null, message, key);

export const verifyBytes = ({ key }: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, message, key, signature);

function take(text: string, must: string): { name: string; id: number; type: KeyType; bytes: Buffer } {
  const [, name = "", id = "", coded = ""] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,64})$/.exec(text) ?? [];
  const bytes = fromBase64(coded);
  if (!isKeyName(name) || bytes?.length !== 1 + keyBytes) throw new Malformed(`It is no key: ${must}.`);
  const type = Object.values(keyTypes).find((known) => known === bytes[0]);
  if (!type) throw new Malformed(`Keys of type ${bytes[0]} are not known here.`);
  return { name, id: parseInt(id, 16), type, bytes: bytes.subarray(1) };
}

function signerOf(name: string, type: KeyType, seed: Uint8Array): SignerKey {
  const key = createPrivateKey({ key: Buffer.concat([der.private, seed]), format: "der", type: "pkcs8" });
  const open = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(der.public.length);
  const verifier = verifierOf(name, type, open);
  return { name, verifier, key, text: privatePrefix + write(name, verifier.id, type, seed) };
}

function verifierOf(name: string, type: KeyType, bytes: Uint8Array): VerifierKey {
  const key = createPublicKey({ key: Buffer.concat([der.public, bytes]), format: "der", type: "spki" });
  const id = idOf(name, type, bytes);
  return { name, id, type, key, text: write(name, id, type, bytes) };
}

const write = (name: string, id: number, type: KeyType, bytes: Uint8Array): string =>
  `${name}+${id.toString(16).padStart(8, "0")}+${Buffer.concat([Buffer.of(type), bytes]).toString("base64")}`;

const idOf = (name: string, type: KeyType, bytes: Uint8Array): number =>
  createHash("sha256").update(`${name}\n`).update(Buffer.of(type)).update(bytes).digest().readUInt32BE(0);
