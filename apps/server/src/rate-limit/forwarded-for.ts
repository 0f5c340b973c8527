import { isIP } from 'node:net'

const BRACKETED = /^\[([^\]]*)\](?::\d{1,5})?$/
const WITH_PORT = /^([^:]*):\d{1,5}$/

/** Replaces an entry that is not an address, such as `unknown` (RFC 7239 section 6.2). */
export const UNKNOWN_ADDRESS = 'unknown'

/**
 * Normalizes `X-Forwarded-For` as proxies write it: addresses, some with a port (`192.0.2.1:4711`, `[2001:db8::1]:4711`, as Azure's
 * gateways do). Returns bare addresses, with {@link UNKNOWN_ADDRESS} for anything else: neither ports nor made-up entries can make one client
 * count as many.
 */
export function normalizeForwardedFor(header: string): string {
  return header.split(',').map(readEntry).join(', ')
}

function readEntry(entry: string): string {
  const text = entry.trim().replace(/^"(.*)"$/, '$1')
  const bare = BRACKETED.exec(text)?.[1] ?? WITH_PORT.exec(text)?.[1] ?? text
  // A zone is meaningful only on the machine that wrote it.
  const address = bare.replace(/%.*$/s, '')
  return isIP(address) === 0 ? UNKNOWN_ADDRESS : address
}
