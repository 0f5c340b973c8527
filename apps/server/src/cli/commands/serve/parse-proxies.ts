import { isIP } from 'node:net'
import { compile } from '@fastify/proxy-addr'
import { InvalidArgumentError } from 'commander'

const NAMED = ['loopback', 'linklocal', 'uniquelocal']

/** Parses the list of trusted proxies. Trusting every address is refused: clients could then choose the address they are recorded with. */
export function parseProxies(text: string): readonly string[] {
  const proxies = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (proxies.every(isProxy)) return proxies
  throw new InvalidArgumentError(
    'Expected a comma-separated list of addresses and subnets, such as 10.0.0.0/8,2001:db8::7, or loopback.',
  )
}

function isProxy(text: string): boolean {
  if (NAMED.includes(text)) return true
  if (isIP(text.split('/', 1)[0] ?? '') === 0) return false
  try {
    compile(text)
    return true
  } catch {
    return false
  }
}
