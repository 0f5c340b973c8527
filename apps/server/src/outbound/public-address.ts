import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** What a connection to a private address fails with. */
export const PRIVATE_ADDRESS = 'EPRIVATEADDRESS'

// The only part of IPv6 that is given out for the public internet (RFC 4291 section 2.4).
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

// Addresses of the public ranges that lead into the platform of a cloud from within it.
const CLOUD_PLATFORMS: readonly string[] = [
  // Azure: WireServer, DNS, DHCP and health probes (learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16).
  '168.63.129.16',
]

/**
 * Whether an address is of the public internet: not of this machine, of a private network, of a provider's own (CGNAT), of the
 * link (where clouds keep their metadata), of a cloud's platform, or of any other range with a purpose (RFC 6890).
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (address.range() !== 'unicast' || CLOUD_PLATFORMS.includes(address.toString())) return false
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST)
}

/** The address that a URL names outright; nothing where it names a host. */
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
 * Looks names up, and fails where any address of them is private. The connection is made to what was looked at: a name that
 * answers otherwise a moment later gains nothing by it.
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
