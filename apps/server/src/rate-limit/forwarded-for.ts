import { isIP } from 'node:net'

const BRACKETED = /^\[([^\]]*)\](?::\d{1,5})?$/
const WITH_PORT = /^([^:]*):\d{1,5}$/

/** What stands for an entry that names no address, such as `unknown` (RFC 7239 section 6.2). */
export const UNKNOWN_ADDRESS = 'unknown'

/**
 * Reads `X-Forwarded-For` as proxies write it: addresses, some of them with a port (`192.0.2.1:4711`, `[2001:db8::1]:4711`,
 * as Azure's gateways do). Answers it with bare addresses, in which {@link UNKNOWN_ADDRESS} stands for anything else: a port,
 * or whatever a stranger writes, must not make one client count as many.
 */
export function normalizeForwardedFor(header: string): string {
  return header.split(',').map(readEntry).join(', ')
}

function readEntry(entry: string): string {
  const text = entry.trim().replace(/^"(.*)"$/, '$1')
  const bare = BRACKETED.exec(text)?.[1] ?? WITH_PORT.exec(text)?.[1] ?? text
  // Zones are of the machine that wrote them.
  const address = bare.replace(/%.*$/s, '')
  return isIP(address) === 0 ? UNKNOWN_ADDRESS : address
}
