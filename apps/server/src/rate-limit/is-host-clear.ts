import type { IncomingMessage } from 'node:http'

/**
 * Whether the host of a request is unambiguous: one `Host` header, which only HTTP/1.0 may omit (RFC 9112 section 3.2). Of two, a proxy in
 * front may have read the other one.
 */
export function isHostClear({ rawHeaders, httpVersion }: Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>): boolean {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0')
}
