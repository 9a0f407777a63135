/**
 * Whether an address stays on this machine or in a private network, or leads out of it.
 *
 * Ranges: RFC 1918, loopback and link-local (RFC 3927, RFC 4291), unique local (RFC 4193), and RFC 6598, which VPNs
 * such as Tailscale use. Names: `localhost` (RFC 6761), `.local` (RFC 6762), `.internal`, `.home.arpa` (RFC 8375), and
 * names without a dot, as containers have them.
 */

/** The addresses of a name, IPv4 and IPv6; throws or is empty when it has none. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** Where the host of `address` is. A public name counts as private when all it resolves to is. */
export async function leavesPrivateNetwork(address: string, resolve: Resolve | undefined): Promise<boolean> {
  const host = new URL(address).hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "").toLowerCase();
  if (isAddress(host)) return !isPrivateAddress(host);
  if (isPrivateName(host)) return false;
  const found = await resolve?.(host).catch(() => []) ?? [];
  // What cannot be resolved here is taken for public: a false warning is better than none.
  return found.length === 0 || !found.every((candidate) => isPrivateAddress(candidate.toLowerCase()));
}

function isAddress(host: string): boolean {
  return host.includes(":") || /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

function isPrivateName(host: string): boolean {
  return !host.includes(".") || /\.(localhost|local|lan|internal|home|home\.arpa)$/.test(host);
}

function isPrivateAddress(address: string): boolean {
  const mapped = ipv4Of(address);
  if (mapped !== undefined) return isPrivateIpv4(mapped);
  const first = parseInt(address.split(":")[0] || "0", 16);
  return address === "::1" || (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80;
}

/** The four bytes of an IPv4 address, also of one that is written as IPv6 (`::ffff:10.0.0.1`, `::ffff:a00:1`). */
function ipv4Of(address: string): readonly number[] | undefined {
  const dotted = /^(?:::ffff:)?(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  if (dotted !== null) return dotted.slice(1).map(Number);
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  return hex?.slice(1).map((word) => parseInt(word, 16)).flatMap((word) => [word >> 8, word & 255]);
}

function isPrivateIpv4([a = 0, b = 0]: readonly number[]): boolean {
  return a === 10 || a === 127 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) ||
    (a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128) || a === 0;
}

/** DNS where the runtime offers it and allows it; undefined at the edge. */
export function systemResolver(): Resolve | undefined {
  if (typeof Deno === "undefined" || typeof Deno.resolveDns !== "function") return undefined;
  return async (name) => {
    const signal = AbortSignal.timeout(2_000);
    const [v4, v6] = await Promise.all([
      Deno.resolveDns(name, "A", { signal }).catch(() => []),
      Deno.resolveDns(name, "AAAA", { signal }).catch(() => []),
    ]);
    return [...v4, ...v6];
  };
}
