const WEB_SCHEMES = ['http:', 'https:']
// Schemes of the URL standard beside those: no page has an origin of one, or (file:) all have the same opaque one.
const NO_PAGES = ['file:', 'ftp:', 'ws:', 'wss:', 'about:', 'blob:', 'data:', 'javascript:']
/** `scheme://host`, as the web views of apps have it: `capacitor://localhost`, `tauri://localhost`. */
const APP_ORIGIN = /^([a-z][a-z0-9+.-]*:)\/\/([a-z0-9._-]+(:\d{1,5})?)\/?$/i
/** The star of a policy stands for exactly one label, the first, in front of two labels or more. */
const WILDCARD = /^\*(\.[^.*]+){2,}$/

/**
 * Reads an origin (RFC 6454) into the one form in which origins are kept and compared: lower case, without the usual port, names of
 * other scripts in Punycode. The first label of the host may be `*`, which stands for any one label. Nothing, where it is none.
 */
export function readOrigin(text: string): string | undefined {
  const app = APP_ORIGIN.exec(text)
  const scheme = app?.[1]?.toLowerCase()
  if (scheme !== undefined && !WEB_SCHEMES.includes(scheme)) {
    return NO_PAGES.includes(scheme) ? undefined : `${scheme}//${app?.[2]?.toLowerCase()}`
  }
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname, pathname, search, hash, username, password, origin } = new URL(text)
  if (!WEB_SCHEMES.includes(protocol) || `${username}${password}${search}${hash}` !== '' || pathname !== '/') {
    return undefined
  }
  return hostname.includes('*') && !WILDCARD.test(hostname) ? undefined : origin
}

/** Whether an origin that a browser says is one of those that a policy lists. */
export function includesOrigin(listed: readonly string[], origin: string): boolean {
  const asked = readOrigin(origin)
  if (asked === undefined || asked.includes('*')) return false
  return listed.includes(asked) || listed.includes(withStar(asked))
}

/** The one entry with a star that an origin would be let in by. */
function withStar(origin: string): string {
  return origin.replace(/^(https?:\/\/)[^./:]+\./, '$1*.')
}
