const WEB_SCHEMES = ['http:', 'https:']
// Other schemes of the URL standard: a page has no origin with them, or (file:) all have the same opaque one.
const NO_PAGES = ['file:', 'ftp:', 'ws:', 'wss:', 'about:', 'blob:', 'data:', 'javascript:']
/** `scheme://host`, as in the web views of apps: `capacitor://localhost`, `tauri://localhost`. */
const APP_ORIGIN = /^([a-z][a-z0-9+.-]*:)\/\/([a-z0-9._-]+(:\d{1,5})?)\/?$/i
/** The wildcard of a policy matches exactly one label, the first, in front of two labels or more. */
const WILDCARD = /^\*(\.[^.*]+){2,}$/

/**
 * Normalizes an origin (RFC 6454) to the form in which origins are stored and compared: lower case, without the default port,
 * internationalized names in Punycode. The first label of the host can be `*`, for any one label. Returns undefined if it is invalid.
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

/** Whether a browser's origin matches a policy's list. */
export function includesOrigin(listed: readonly string[], origin: string): boolean {
  const asked = readOrigin(origin)
  if (asked === undefined || asked.includes('*')) return false
  return listed.includes(asked) || listed.includes(withStar(asked))
}

/** The one wildcard entry that would match an origin. */
function withStar(origin: string): string {
  return origin.replace(/^(https?:\/\/)[^./:]+\./, '$1*.')
}
