import { JsonNumber, type JsonObject, type JsonValue } from "./value";

/** Why a text is not JSON, as an English clause: "a comma or a closing bracket is missing at character 17". */
export class PythonJsonError extends Error {
  override readonly name = "PythonJsonError";
}

/** Python's recursion limit of 1000, less what json.loads itself uses; measured with 3.11. */
const deepest = 994;
/** sys.int_info.default_max_str_digits */
const mostIntDigits = 4300;

const [quote, backslash, minus, plus, point, comma, colon, zero, nine] = [
  0x22, 0x5c, 0x2d, 0x2b, 0x2e, 0x2c, 0x3a, 0x30, 0x39,
];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

const words: readonly (readonly [string, () => JsonValue])[] = [
  ["null", () => null],
  ["true", () => true],
  ["false", () => false],
  ["NaN", () => new JsonNumber("NaN", true)],
  ["Infinity", () => new JsonNumber("Infinity", true)],
  ["-Infinity", () => new JsonNumber("-Infinity", true)],
];

/** Reads one JSON text, by character codes: an import reads a hundred thousand lines. */
export class Scanner {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  read(): JsonValue {
    this.skipSpace();
    const value = this.readValue();
    this.skipSpace();
    if (this.at < this.text.length) this.refuse("something follows the value");
    return value;
  }

  private readValue(): JsonValue {
    const code = this.text.charCodeAt(this.at);
    if (code === quote) return this.readString();
    if (code === openBrace) return this.readNested(() => this.readObject());
    if (code === openBracket) return this.readNested(() => this.readArray());
    if (isDigit(code) || (code === minus && isDigit(this.text.charCodeAt(this.at + 1)))) return this.readNumber();
    for (const [word, value] of words) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value();
    }
    return this.refuse("a value is missing");
  }

  private readNested<Value>(read: () => Value): Value {
    if (this.depth >= deepest) this.refuse("it is nested too deeply");
    this.depth += 1;
    this.at += 1;
    this.skipSpace();
    const value = read();
    this.depth -= 1;
    return value;
  }

  private readObject(): JsonObject {
    const object: JsonObject = new Map();
    if (this.take(closeBrace)) return object;
    for (;;) {
      if (this.text.charCodeAt(this.at) !== quote) this.refuse("a name in double quotes is missing");
      const key = this.readString();
      this.skipSpace();
      if (!this.take(colon)) this.refuse("a colon is missing");
      this.skipSpace();
      object.set(key, this.readValue());
      this.skipSpace();
      if (this.take(closeBrace)) return object;
      if (!this.take(comma)) this.refuse("a comma or a closing brace is missing");
      this.skipSpace();
    }
  }

  private readArray(): JsonValue[] {
    const items: JsonValue[] = [];
    if (this.take(closeBracket)) return items;
    for (;;) {
      items.push(this.readValue());
      this.skipSpace();
      if (this.take(closeBracket)) return items;
      if (!this.take(comma)) this.refuse("a comma or a closing bracket is missing");
      this.skipSpace();
    }
  }

  private readString(): string {
    const { text } = this;
    const start = this.at + 1;
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        this.at = at + 1;
        return text.slice(start, at);
      }
      if (code === backslash || code < 0x20) return this.readEscapedString(start, at);
    }
    return this.refuse("a text is not closed");
  }

  private readEscapedString(start: number, firstEscape: number): string {
    const { text } = this;
    let value = "";
    let plainFrom = start;
    this.at = firstEscape;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code < 0x20) this.refuse("a text holds a raw control character");
      if (code !== quote && code !== backslash) {
        this.at += 1;
        continue;
      }
      value += text.slice(plainFrom, this.at);
      this.at += 1;
      if (code === quote) return value;
      value += this.readEscape();
      plainFrom = this.at;
    }
    return this.refuse("a text is not closed");
  }

  private readEscape(): string {
    const letter = this.text.charAt(this.at);
    if (letter === "u") {
      const hex = this.text.slice(this.at + 1, this.at + 5);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.refuse("an escape \\u lacks its four hexadecimal digits");
      this.at += 5;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const plain = shortEscapes[letter] ?? this.refuse("an escape is unknown");
    this.at += 1;
    return plain;
  }

  private readNumber(): JsonNumber {
    const { text } = this;
    const start = this.at;
    if (text.charCodeAt(this.at) === minus) this.at += 1;
    const firstDigit = this.at;
    if (text.charCodeAt(this.at) === zero) this.at += 1;
    else this.skipDigits();
    const intEnd = this.at;
    if (text.charCodeAt(this.at) === point && isDigit(text.charCodeAt(this.at + 1))) {
      this.at += 1;
      this.skipDigits();
    }
    this.skipExponent();
    const isFloat = this.at > intEnd;
    if (!isFloat && intEnd - firstDigit > mostIntDigits) this.refuse("an integer has more than 4300 digits");
    return new JsonNumber(text.slice(start, this.at), isFloat);
  }

  private skipExponent(): void {
    if ((this.text.charCodeAt(this.at) | 0x20) !== 0x65) return;
    const sign = this.text.charCodeAt(this.at + 1);
    const firstDigit = sign === plus || sign === minus ? this.at + 2 : this.at + 1;
    if (!isDigit(this.text.charCodeAt(firstDigit))) return;
    this.at = firstDigit;
    this.skipDigits();
  }

  private skipDigits(): void {
    while (isDigit(this.text.charCodeAt(this.at))) this.at += 1;
  }

  /** Space, tab, CR and LF only: a byte order mark or a no-break space is refused, as by Python. */
  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private take(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at += 1;
    return true;
  }

  private refuse(why: string): never {
    throw new PythonJsonError(`${why} at character ${this.at + 1}`);
  }
}

const isDigit = (code: number): boolean => code >= zero && code <= nine;
