import { JsonNumber, type JsonObject, type JsonValue } from "./value";

/** Why a text is not JSON, as an English clause: "a comma or a closing bracket is missing at character 17". */
export class PythonJsonError extends Error {
  override readonly name = "PythonJsonError";

  constructor(
    message: string,
    private readonly problem: string,
    private readonly text: string,
    /** Where Python says that it is; null: it names no place. */
    private readonly at: number | null,
  ) {
    super(message);
  }

  /** The same in Python 3.11's own words: "Expecting value: line 1 column 1 (char 0)". It counts code points. */
  get inPython(): string {
    if (this.at === null) return this.problem;
    const before = this.text.slice(0, this.at);
    const lastLine = before.slice(before.lastIndexOf("\n") + 1);
    const line = before.split("\n").length;
    return `${this.problem}: line ${line} column ${codePoints(lastLine) + 1} (char ${codePoints(before)})`;
  }
}

const codePoints = (text: string): number => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);

/** The words that Python has for what we say in ours. */
const pythonProblems = {
  "something follows the value": "Extra data",
  "a value is missing": "Expecting value",
  "a name in double quotes is missing": "Expecting property name enclosed in double quotes",
  "a colon is missing": "Expecting ':' delimiter",
  "a comma or a closing brace is missing": "Expecting ',' delimiter",
  "a comma or a closing bracket is missing": "Expecting ',' delimiter",
  "a text is not closed": "Unterminated string starting at",
  "a text holds a raw control character": "Invalid control character at",
  "an escape \\u lacks its four hexadecimal digits": "Invalid \\uXXXX escape",
  "an escape is unknown": "Invalid \\escape",
} as const;

/** Python's recursion limit of 1000, less what json.loads itself uses; measured with 3.11. */
const deepest = 994;
/** sys.int_info.default_max_str_digits */
const mostIntDigits = 4300;

const [quote, backslash, minus, plus, point, comma, colon, zero, nine] = [
  0x22, 0x5c, 0x2d, 0x2b, 0x2e, 0x2c, 0x3a, 0x30, 0x39,
];
const byteOrderMark = 0xfeff;
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
    if (this.text.charCodeAt(0) === byteOrderMark)
      throw this.error("a value is missing", "Unexpected UTF-8 BOM (decode using utf-8-sig)", 0);
    this.skipSpace();
    const value = this.readValue();
    this.skipSpace();
    if (this.at < this.text.length) this.refuse("something follows the value");
    return value;
  }

  private readValue(): JsonValue {
    const code = this.text.charCodeAt(this.at);
    if (code === quote) return this.readString();
    if (code === openBrace) return this.readNested("object", () => this.readObject());
    if (code === openBracket) return this.readNested("array", () => this.readArray());
    if (isDigit(code) || (code === minus && isDigit(this.text.charCodeAt(this.at + 1)))) return this.readNumber();
    for (const [word, value] of words) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value();
    }
    return this.refuse("a value is missing");
  }

  private readNested<Value>(what: "object" | "array", read: () => Value): Value {
    if (this.depth >= deepest) {
      const inPython = `maximum recursion depth exceeded while decoding a JSON ${what} from a unicode string`;
      throw this.error("it is nested too deeply", inPython, null);
    }
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
    return this.refuse("a text is not closed", start - 1);
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
      if (this.at >= text.length) break;
      value += this.readEscape();
      plainFrom = this.at;
    }
    return this.refuse("a text is not closed", start - 1);
  }

  private readEscape(): string {
    const letter = this.text.charAt(this.at);
    if (letter === "u") {
      const hex = this.text.slice(this.at + 1, this.at + 5);
      // Python wants a character behind the four, too: where they end the text it calls the escape wrong, not the text unclosed.
      const ends = this.at + 5 >= this.text.length;
      if (ends || !/^[0-9a-fA-F]{4}$/.test(hex)) this.refuse("an escape \\u lacks its four hexadecimal digits");
      this.at += 5;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const plain = shortEscapes[letter] ?? this.refuse("an escape is unknown", this.at - 1);
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
    if (!isFloat && intEnd - firstDigit > mostIntDigits) throw this.error(...tooManyDigits(intEnd - firstDigit), null);
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

  private refuse(why: keyof typeof pythonProblems, at = this.at): never {
    throw this.error(why, pythonProblems[why], at);
  }

  private error(why: string, inPython: string, at: number | null): PythonJsonError {
    return new PythonJsonError(`${why} at character ${this.at + 1}`, inPython, this.text, at);
  }
}

const tooManyDigits = (digits: number): [string, string] => [
  "an integer has more than 4300 digits",
  `Exceeds the limit (4300 digits) for integer string conversion: value has ${digits} digits; use sys.set_int_max_str_digits() to increase the limit`,
];

const isDigit = (code: number): boolean => code >= zero && code <= nine;
