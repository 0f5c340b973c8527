import { GATE_PATH, joinUrl } from '@stagedoor/protocol'

const WEBSOCKET_PROTOCOLS: Readonly<Record<string, string>> = {
  'http:': 'ws:',
  'https:': 'wss:',
  'ws:': 'ws:',
  'wss:': 'wss:',
}

/**
 * Where the gate of a platform listens. The path of `cloudUrl` is kept as a prefix; a query or a fragment is dropped, so
 * that nothing secret can travel in the address. Throws a TypeError for what is not an address of a platform.
 */
export function gateUrl(cloudUrl: string | undefined): string {
  const address = cloudUrl ?? globalThis.location?.origin
  if (address === undefined) throw new TypeError('cloudUrl is required outside of a page')
  if (!URL.canParse(address)) throw new TypeError('cloudUrl is not a URL')
  const { protocol, host, pathname, username, password } = new URL(address)
  const scheme = WEBSOCKET_PROTOCOLS[protocol]
  if (scheme === undefined) throw new TypeError('cloudUrl begins with https, http, wss or ws')
  if (username !== '' || password !== '') throw new TypeError('cloudUrl cannot hold a user name or a password')
  return joinUrl(`${scheme}//${host}${pathname}`, GATE_PATH)
}
