const GROUPS = 8
const GROUPS_OF_NETWORK = 4
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/**
 * What an address is counted by: an IPv4 address itself; of an IPv6 address the first 64 bits, since whoever has one has the
 * whole such network to connect from (RFC 6177).
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const mapped = MAPPED.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''))
  const between = Array.from({ length: Math.max(0, GROUPS - head.length - tail.length) }, () => '0')
  const network = [...head, ...between, ...tail].slice(0, GROUPS_OF_NETWORK)
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
