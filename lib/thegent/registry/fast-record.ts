/**
 * Records in the form that thegent writes, judged from their bytes: no value is made. It says "all is well" or nothing: whatever is unusual
 * or wrong is left to audit-line.ts, whose words those are. A test holds the two equal.
 */
import { hash } from "node:crypto";
import { canonical, parsePythonJson, PythonJsonError } from "@/lib/thegent/python/json";
import { decodeUtf8 } from "@/lib/thegent/python/text";
import { Shapes, type Shape, type Step } from "./shapes";
import { backslash, quote, writeEscaped, writeSaid } from "./string-bytes";

const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const [comma, colon, space, minus, point, zero] = [0x2c, 0x3a, 0x20, 0x2d, 0x2e, 0x30];

/** A string's bytes that stand for themselves, in the line as in the canonical form. */
const plain = new Uint8Array(256).fill(1, 0x20, 0x7f);
plain[quote] = 0;
plain[backslash] = 0;
/** Letters of the escapes that the canonical form has, too. */
const shortEscape = new Uint8Array(256);
for (const letter of '"\\bfnrt') shortEscape[letter.charCodeAt(0)] = 1;

/** How a value goes into the canonical form. */
const [asItIs, escaped, rewritten, byCare] = [0, 1, 2, 3];
const mostValues = 256;
/** Nesting of a value that is read here at all; thegent's reader has its limit far beyond. */
const deepest = 100;
/** How many nested values are kept, and up to which length. */
const [mostCared, longestCared] = [1000, 4096];
const none = Buffer.from("None");
const finish = Buffer.from('"finish"');

const tokens = { true: Buffer.from("true"), false: Buffer.from("false") };

export class FastRecords {
  private readonly shapes = new Shapes();
  private readonly starts = new Int32Array(mostValues);
  private readonly ends = new Int32Array(mostValues);
  private readonly kinds = new Uint8Array(mostValues);
  private out = Buffer.alloc(64 * 1024);
  /** Nested values read before: a run's route is one of few. */
  private readonly cared = new Map<string, string>();
  /** Where the value read last ended. */
  private at = 0;
  private kind = asItIs;
  /** Where the record ended that was judged last. */
  end = 0;

  /**
   * The hash of the record at `from`, if the record is whole, has the hash that it should, follows `head` and is signed rightly if at all;
   * null otherwise. `bytes` has at least one 0 behind what is to be read.
   */
  judge(bytes: Buffer, from: number, head: string | null): string | null {
    const shape = this.read(bytes, from);
    if (shape === null) return null;
    const { hash: own, prev_hash: previous } = shape.at;
    if (own < 0 || !this.isText(own) || this.ends[own]! - this.starts[own]! !== 66) return null;
    if (!this.follows(bytes, previous, head)) return null;
    if (this.out.length < (this.end - from) * 6 + 64) this.out = Buffer.alloc((this.end - from) * 8);
    const length = this.writeCanonical(bytes, shape);
    if (length < 0) return null;
    const computed = hash("sha256", this.out.subarray(0, length), "hex");
    return says(bytes, this.starts[own]! + 1, computed) && this.isSigned(bytes, shape) ? computed : null;
  }

  private isText(index: number): boolean {
    return this.kinds[index] === asItIs && this.ends[index]! - this.starts[index]! >= 2;
  }

  private follows(bytes: Buffer, index: number, head: string | null): boolean {
    if (index < 0) return head === null;
    const length = this.ends[index]! - this.starts[index]!;
    if (head === null) return bytes[this.starts[index]!] === 0x6e;
    return (
      length === head.length + 2 && bytes[this.starts[index]!] === quote && says(bytes, this.starts[index]! + 1, head)
    );
  }

  private read(bytes: Buffer, from: number): Shape | null {
    if (bytes[from] !== openBrace) return null;
    let step: Step | null = this.shapes.start;
    let at = from + 1;
    for (let count = 0; count < mostValues; count++) {
      step = this.stepOn(bytes, at, step);
      if (step === null) return null;
      at += step.key.length;
      if (bytes[at] !== colon) return null;
      at += bytes[at + 1] === space ? 2 : 1;
      if (!this.readValue(bytes, at)) return null;
      this.starts[count] = at;
      this.ends[count] = at = this.at;
      this.kinds[count] = this.kind;
      if (bytes[at] === comma) {
        at += bytes[at + 1] === space ? 2 : 1;
        continue;
      }
      if (bytes[at] !== closeBrace) return null;
      this.end = at + 1;
      return step.shape;
    }
    return null;
  }

  private stepOn(bytes: Buffer, at: number, from: Step): Step | null {
    const { next } = from;
    for (let index = 0; index < next.length; index++) if (begins(bytes, at, next[index]!.key)) return next[index]!;
    if (bytes[at] !== quote) return null;
    let end = at + 1;
    while (plain[bytes[end]!] === 1) end++;
    return bytes[end] === quote ? this.shapes.learn(from, bytes.subarray(at, end + 1)) : null;
  }

  /** False: this is not for here. */
  private readValue(bytes: Buffer, at: number): boolean {
    const first = bytes[at]!;
    if (first === quote) return this.readString(bytes, at);
    if (first === minus || (first >= zero && first <= 0x39)) return this.readNumber(bytes, at);
    this.kind = asItIs;
    if (first === 0x6e) {
      this.at = at + 4;
      return bytes[at + 1] === 0x75 && bytes[at + 2] === 0x6c && bytes[at + 3] === 0x6c;
    }
    if (first === 0x66 || first === 0x74) {
      const token = first === 0x66 ? tokens.false : tokens.true;
      this.at = at + token.length;
      return begins(bytes, at, token);
    }
    return (first === openBrace || first === openBracket) && this.readNested(bytes, at);
  }

  private readString(bytes: Buffer, at: number): boolean {
    let kind = asItIs;
    for (let next = at + 1; ;) {
      const byte = bytes[next]!;
      if (plain[byte] === 1) next += 1;
      else if (byte === quote) {
        this.at = next + 1;
        this.kind = kind;
        return true;
      } else if (byte === backslash) {
        const letter = bytes[next + 1]!;
        if (letter < space) return false;
        if (shortEscape[letter] === 0) kind = rewritten;
        else if (kind === asItIs) kind = escaped;
        next += 2;
      } else if (byte < space) return false;
      else {
        kind = rewritten;
        next += 1;
      }
    }
  }

  /** A whole number, or one with a point and so few digits that they are the shortest for its value, is canonical as it stands. */
  private readNumber(bytes: Buffer, from: number): boolean {
    let at = bytes[from] === minus ? from + 1 : from;
    const whole = at;
    while (isDigit(bytes[at]!)) at++;
    const wholeDigits = at - whole;
    if (wholeDigits === 0 || (wholeDigits > 1 && bytes[whole] === zero)) return false;
    const isZero = bytes[whole] === zero;
    this.kind = wholeDigits > 15 || (isZero && whole > from) ? byCare : asItIs;
    if (bytes[at] === point) {
      const fraction = ++at;
      while (isDigit(bytes[at]!)) at++;
      const digits = at - fraction;
      if (digits === 0) return false;
      const small = isZero && bytes[fraction] === zero && bytes[fraction + 1] === zero && bytes[fraction + 2] === zero;
      const trailing = digits > 1 && bytes[at - 1] === zero;
      this.kind = wholeDigits + digits > 15 || small || trailing ? byCare : asItIs;
    }
    if ((bytes[at]! | 0x20) === 0x65) {
      this.kind = byCare;
      at += 1;
      if (bytes[at] === 0x2b || bytes[at] === minus) at += 1;
      if (!isDigit(bytes[at]!)) return false;
      while (isDigit(bytes[at]!)) at++;
    }
    this.at = at;
    return true;
  }

  /** Only where it ends. */
  private readNested(bytes: Buffer, from: number): boolean {
    let depth = 0;
    for (let at = from; ;) {
      const byte = bytes[at]!;
      if (byte < space) return false;
      if (byte === quote) {
        if (!this.readString(bytes, at)) return false;
        at = this.at;
        continue;
      }
      at += 1;
      if (byte === openBrace || byte === openBracket) depth += 1;
      else if (byte === closeBrace || byte === closeBracket) depth -= 1;
      if (depth > deepest) return false;
      if (depth > 0) continue;
      this.at = at;
      this.kind = at - from === 2 ? asItIs : byCare;
      return at - from > 2 || bytes[at - 1] === bytes[from]! + 2;
    }
  }

  private writeCanonical(bytes: Buffer, { order, leads }: Shape): number {
    const { starts, ends, kinds } = this;
    let to = 0;
    for (let place = 0; place < order.length; place++) {
      // A value written with care may need a larger buffer.
      const { out } = this;
      const lead = leads[place]!;
      for (let at = 0; at < lead.length; at++) out[to++] = lead[at]!;
      const index = order[place]!;
      if (kinds[index]! > escaped) to = this.writeValue(bytes, index, to);
      else to = copyTo(bytes, starts[index]!, ends[index]!, out, to);
      if (to < 0) return -1;
    }
    if (order.length === 0) this.out[to++] = openBrace;
    this.out[to++] = closeBrace;
    return to;
  }

  /** One that does not stand as it is. */
  private writeValue(bytes: Buffer, index: number, to: number): number {
    const [from, end, kind] = [this.starts[index]!, this.ends[index]!, this.kinds[index]!];
    const { out } = this;
    if (kind === byCare) return this.writeByCare(bytes, from, end, to);
    out[to] = quote;
    const after = writeEscaped(bytes, from + 1, end - 1, out, to + 1);
    if (after < 0) return -1;
    out[after] = quote;
    return after + 1;
  }

  private writeByCare(bytes: Buffer, from: number, end: number, to: number): number {
    const key = bytes.toString("latin1", from, end);
    const text = this.cared.get(key) ?? this.care(key, bytes.subarray(from, end));
    if (text === null) return -1;
    if (to + text.length * 2 > this.out.length) this.out = Buffer.concat([this.out, Buffer.alloc(text.length * 8)]);
    return to + this.out.write(text, to, "latin1");
  }

  private care(key: string, bytes: Buffer): string | null {
    const read = decodeUtf8(bytes);
    if (read === null) return null;
    try {
      const text = canonical(parsePythonJson(read));
      if (this.cared.size >= mostCared) this.cared.clear();
      if (key.length <= longestCared) this.cared.set(key, text);
      return text;
    } catch (error) {
      if (error instanceof PythonJsonError) return null;
      throw error;
    }
  }

  private isSigned(bytes: Buffer, { at }: Shape): boolean {
    const signature = at.signature;
    if (signature < 0 || bytes[this.starts[signature]!] === 0x6e) return true;
    if (!this.isText(signature) || bytes[this.starts[signature]!] !== quote) return false;
    if (at.event >= 0 && this.isFinish(bytes, at.event)) return true;
    let to = 0;
    for (const name of ["run_id", "started_at_utc", "owner", "prompt"] as const) {
      if (name !== "run_id") this.out[to++] = 0x7c;
      to = this.writeSigned(bytes, at[name], to);
      if (to < 0) return false;
    }
    const wanted = hash("sha256", this.out.subarray(0, to), "hex");
    const from = this.starts[signature]! + 1;
    return this.ends[signature]! - from - 1 === wanted.length && says(bytes, from, wanted);
  }

  private isFinish(bytes: Buffer, index: number): boolean {
    return this.ends[index]! - this.starts[index]! === finish.length && begins(bytes, this.starts[index]!, finish);
  }

  private writeSigned(bytes: Buffer, index: number, to: number): number {
    const from = index < 0 ? 0 : this.starts[index]!;
    if (index < 0 || bytes[from] === 0x6e) return to + none.copy(this.out, to);
    if (bytes[from] !== quote) return -1;
    const end = this.ends[index]! - 1;
    return this.kinds[index] === asItIs
      ? copyTo(bytes, from + 1, end, this.out, to)
      : writeSaid(bytes, from + 1, end, this.out, to);
  }
}

/** A loop is faster than a call for what is short. */
function copyTo(bytes: Buffer, from: number, end: number, out: Buffer, to: number): number {
  if (end - from > 100) return to + bytes.copy(out, to, from, end);
  while (from < end) out[to++] = bytes[from++]!;
  return to;
}

const isDigit = (byte: number): boolean => byte >= zero && byte <= 0x39;

function begins(bytes: Buffer, from: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (bytes[from + at] !== wanted[at]) return false;
  return true;
}

function says(bytes: Buffer, from: number, text: string): boolean {
  for (let at = 0; at < text.length; at++) if (bytes[from + at] !== text.charCodeAt(at)) return false;
  return true;
}
