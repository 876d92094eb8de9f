/** The eight groups of an IPv6 address; null: it is none. */
function groupsOf(address: string): string[] | null {
  const text = address.split("%")[0]!;
  if (!text.includes(":") || !URL.canParse(`http://[${text}]`)) return null;
  // Parsing spells it one way: lower case, no leading zeros, the longest run of zeros as "::".
  const [left, right] = new URL(`http://[${text}]`).hostname
    .slice(1, -1)
    .split("::")
    .map((half) => (half ? half.split(":") : []));
  return [...left!, ...Array<string>(8 - left!.length - (right?.length ?? 0)).fill("0"), ...(right ?? [])];
}

/** What one subscriber holds: an IPv4 address, of IPv6 a /64, within which whoever guesses could change the address for each attempt. */
export function networkOf(address: string): string {
  const groups = groupsOf(address);
  return groups ? `${groups.slice(0, 4).join(":")}::/64` : address;
}

/** About where that is, as the chain keeps it for ever: it tells one place from another, and names no household. */
export function coarseNetworkOf(address: string): string {
  const groups = groupsOf(address);
  if (groups) return `${groups.slice(0, 3).join(":")}::/48`;
  const [, start] = /^(\d+\.\d+\.\d+)\.\d+$/.exec(address) ?? [];
  return start ? `${start}.0/24` : "unknown";
}
