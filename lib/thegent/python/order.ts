import { compareCodePoints, JsonNumber, type JsonValue } from "./value";

/** Two values that Python's `<` raises TypeError for. */
export class NotComparable extends Error {
  override readonly name = "NotComparable";
  constructor(
    readonly left: JsonValue,
    readonly right: JsonValue,
  ) {
    super("not comparable");
  }
}

/** Python's `a < b`. Lists compare item by item, numbers by their exact value whatever their type. Throws NotComparable. */
export function isLess(a: JsonValue, b: JsonValue): boolean {
  const [left, right] = [numeric(a), numeric(b)];
  if (left !== null && right !== null) return left < right;
  if (typeof a === "string" && typeof b === "string") return compareCodePoints(a, b) < 0;
  if (!Array.isArray(a) || !Array.isArray(b)) throw new NotComparable(a, b);
  for (const [index, item] of a.entries()) {
    const other = b[index];
    if (other === undefined) return false;
    if (!isEqual(item, other)) return isLess(item, other);
  }
  return a.length < b.length;
}

/** Python's `a == b` within a list, where one and the same object equals itself; json.loads has a single NaN. */
export function isEqual(a: JsonValue, b: JsonValue): boolean {
  const [left, right] = [numeric(a), numeric(b)];
  if (left !== null && right !== null)
    return (left <= right && left >= right) || (Number.isNaN(left) && Number.isNaN(right));
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index] ?? null));
  if (a instanceof Map && b instanceof Map) {
    return a.size === b.size && [...a].every(([key, value]) => b.has(key) && isEqual(value, b.get(key) ?? null));
  }
  return a === b;
}

/** True and false are 1 and 0 in Python. A bigint, because an int of any size compares exactly with a float, as in JavaScript. */
function numeric(value: JsonValue): number | bigint | null {
  if (typeof value === "boolean") return Number(value);
  if (!(value instanceof JsonNumber)) return null;
  return value.isFloat ? value.toNumber() : BigInt(value.lexeme);
}
