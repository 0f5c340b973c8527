import { BlockList, isIP } from 'node:net'
import { checkOptions } from '../check-options.ts'
import type { Authenticate } from '../endpoint-options.ts'

export interface ProxyHeaderOptions {
  /** The header with the user that the proxy authenticated, such as `x-forwarded-user`. */
  readonly header: string
  /** The proxies: addresses and subnets, such as `127.0.0.1` or `10.0.0.0/8`. The header is ignored from other addresses. */
  readonly proxies: readonly string[]
}

// RFC 9110 section 5.1.
const FIELD_NAME = /^[!#$%&'*+.^_`|~\w-]+$/
const RULES = {
  header: (value: unknown) =>
    typeof value === 'string' && FIELD_NAME.test(value) ? undefined : 'the name of a header',
  proxies: (value: unknown) => {
    const isList = Array.isArray(value) && value.length > 0 && value.every((proxy) => typeof proxy === 'string')
    return isList ? undefined : 'an array of at least one address or subnet'
  },
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Authenticates the user by a header of a proxy that signs users in (oauth2-proxy, Authelia, Traefik's forward auth). The proxy must
 * remove that header from client requests, and write the name in UTF-8.
 *
 * @throws {TypeError} immediately if an option is unknown, missing or invalid: an invalid header name, address or subnet.
 */
export function proxyHeader(options: ProxyHeaderOptions): Authenticate {
  checkOptions('proxyHeader', options, RULES)
  const { header, proxies } = options
  const trusted = new BlockList()
  for (const proxy of proxies) trust(trusted, proxy)
  return ({ headers }, { address }) => {
    if (address === undefined || !isTrusted(trusted, address)) return undefined
    const user = decodeField(headers.get(header) ?? '')?.trim()
    // Several fields of one name are joined by commas: then one of them is not from the proxy.
    return user === undefined || user === '' || user.includes(',') ? undefined : user
  }
}

// Header values are decoded as Latin-1 by default (Fetch standard, isomorphic decode), but proxies write names in UTF-8.
// Other encodings are rejected: they would result in another name than the proxy meant.
function decodeField(field: string): string | undefined {
  try {
    return UTF_8.decode(Uint8Array.from(field, toByte))
  } catch {
    return undefined
  }
}

function toByte(character: string): number {
  const code = character.charCodeAt(0)
  if (code > 0xff) throw new TypeError('The field is no bytes')
  return code
}

function trust(trusted: BlockList, proxy: string): void {
  const [address = '', prefix] = proxy.split('/')
  const family = familyOf(address)
  // Not Number(''), for "10.0.0.0/": that is 0, which would match every address.
  const bits = prefix === undefined ? undefined : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
  const most = family === 'ipv4' ? 32 : 128
  const isBits = bits === undefined || bits <= most
  if (family === undefined || !isBits) throw new TypeError(`${JSON.stringify(proxy)} is no address and no subnet`)
  if (bits === undefined) trusted.addAddress(address, family)
  else trusted.addSubnet(address, bits, family)
}

function isTrusted(trusted: BlockList, address: string): boolean {
  // A dual-stack socket writes IPv4 addresses like this (RFC 4291 section 2.5.5.2).
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const family = familyOf(plain)
  return family !== undefined && trusted.check(plain, family)
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address)
  return version === 0 ? undefined : version === 4 ? 'ipv4' : 'ipv6'
}
