import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** The error of a connection to a private address. */
export const PRIVATE_ADDRESS = 'EPRIVATEADDRESS'

// The only part of IPv6 that is assigned to the public internet (RFC 4291 section 2.4).
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

// Public addresses that, from inside a cloud, lead to its platform services.
const CLOUD_PLATFORMS: readonly string[] = [
  // Azure: WireServer, DNS, DHCP and health probes (learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16).
  '168.63.129.16',
]

/**
 * Whether an address belongs to the public internet: not to this machine, a private network, a carrier network (CGNAT), the local link
 * (where clouds serve metadata), a cloud platform, or any other special range (RFC 6890).
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (address.range() !== 'unicast' || CLOUD_PLATFORMS.includes(address.toString())) return false
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST)
}

/** The address in a URL; undefined if it has a host name. */
export function addressIn({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) === 0 ? undefined : bare
}

type Resolve = (
  host: string,
  options: { readonly all: true },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/**
 * Looks up names, and fails if any address of a name is private. The connection uses the addresses that were checked, so a name that
 * resolves differently a moment later gains nothing.
 */
export function lookUpPublic(resolve: Resolve = lookup): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error !== null || first === undefined) return done(error ?? new Error('no address'), '')
      if (!addresses.every(({ address }) => isPublicAddress(address))) return done(privateAddress(), '')
      if (options.all === true) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}

export function privateAddress(): Error {
  return Object.assign(new Error('The address is private'), { code: PRIVATE_ADDRESS })
}
