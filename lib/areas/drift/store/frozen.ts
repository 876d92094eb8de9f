/**
 * A value as text and back, exactly: with maps, and with the numbers that JSON has no word for (NaN, the infinities, -0), of which thegent's
 * lines may hold any.
 */
type Frozen = { $map: [unknown, unknown][] } | { $number: string };

export const freeze = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown): unknown => {
    if (one instanceof Map) return { $map: [...one] } satisfies Frozen;
    if (typeof one === "number" && (!Number.isFinite(one) || Object.is(one, -0)))
      return { $number: Object.is(one, -0) ? "-0" : String(one) } satisfies Frozen;
    return one;
  });

export const thaw = (text: string): unknown =>
  JSON.parse(text, (_, one: unknown): unknown => {
    if (typeof one !== "object" || one === null) return one;
    if ("$map" in one) return new Map((one as { $map: [unknown, unknown][] }).$map);
    return "$number" in one ? Number((one as { $number: string }).$number) : one;
  });
