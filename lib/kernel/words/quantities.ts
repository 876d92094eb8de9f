/** "100,000" */
export function sayCount(value: number): string {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** "1 record", "2 records" */
export function sayMany(value: number, one: string, many = `${one}s`): string {
  return `${sayCount(value)} ${value === 1 ? one : many}`;
}

const units = ["B", "kB", "MB", "GB", "TB"];

/** Decimal units, one digit after the point from kB on: "812 B", "1.4 MB". */
export function sayBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.95 would be said as "1000.0".
  while (value >= (unit === 0 ? 1000 : 999.95) && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
