/** The public URL of the platform, with its path if it has one: `https://shop.example/rtc`. */

/** The path of the pages that explain refusal codes, below the public URL: every refusal links to them. */
export const REFUSAL_PAGES = '/refusals'

const UNRESERVED_PATH = /^(?:\/[\w.~-]+)*$/

/** The path of the URL as written. `URL` resolves `..` and its encoded forms, so they would go unnoticed. */
const WRITTEN_PATH = /^[^:]+:\/\/[^/?#\\]*([^?#]*)/

export type ReadPublicUrl =
  /** Without a trailing slash. */
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly problem: string }

/** Parses the public URL as an operator writes it. */
export function readPublicUrl(text: string): ReadPublicUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return refused('Expected an address such as https://rtc.example.com or https://example.com/rtc.')
  }
  if (url.username !== '' || url.password !== '') return refused('Remove the user name and the password.')
  // `url` does not show an empty query or fragment.
  if (/[?#]/.test(text)) return refused('Remove the query and the fragment.')
  const [, written = ''] = WRITTEN_PATH.exec(text) ?? []
  const path = written.replace(/\/$/, '')
  if (path !== url.pathname.replace(/\/$/, '') || !UNRESERVED_PATH.test(path)) {
    return refused(
      'The path can only contain letters, digits, "-", ".", "_" and "~" between single slashes, such as /rtc or /apps/rtc, and no "." or ".." segments.',
    )
  }
  return { ok: true, url: `${url.origin}${path}` }
}

function refused(problem: string): ReadPublicUrl {
  return { ok: false, problem }
}

/** The path of a public URL, such as `/rtc`, without a trailing slash; empty at the root of an origin. */
export function basePathOf(publicUrl: string): string {
  return publicUrl === '' ? '' : new URL(publicUrl).pathname.replace(/\/$/, '')
}

/** The origin of a public URL, as browsers send it in `Origin`. */
export function originOf(publicUrl: string): string {
  return new URL(publicUrl).origin
}

/**
 * The request target without the base path, which proxies may or may not strip. Every request passes through this once, before anything
 * reads its path. A target outside of the base path is returned unchanged.
 */
export function stripBasePath(basePath: string, target: string): string {
  return basePath !== '' && target.startsWith(`${basePath}/`) ? target.slice(basePath.length) : target
}

/** The path of the public URL begins with a path that the platform uses itself. */
export class BasePathError extends Error {
  override readonly name = 'BasePathError'
}

/**
 * Throws a BasePathError if the base path begins with a path of the platform. If a proxy strips the base path, a request for such a path
 * could not be distinguished from one below the base path.
 */
export function requireApart(basePath: string, ownPath: string): void {
  const [, first = ''] = basePath.split('/')
  if (first === '' || ownPath.split('/')[1] !== first) return
  throw new BasePathError(`The path of the public URL cannot begin with /${first}, which the platform itself uses`)
}
