/** The address that users reach the platform at, and the path that it may have: `https://shop.example/rtc`. */

/** Where the pages that explain refusal codes are, below the public URL: links to them go out with every refusal. */
export const REFUSAL_PAGES = '/refusals'

const UNRESERVED_PATH = /^(?:\/[\w.~-]+)*$/

/** The path of the address as it was written. `URL` resolves `..` and its encoded forms, so that they would go unnoticed. */
const WRITTEN_PATH = /^[^:]+:\/\/[^/?#\\]*([^?#]*)/

export type ReadPublicUrl =
  /** Without a trailing slash. */
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly problem: string }

/** Reads the address of a platform, as an operator writes it. */
export function readPublicUrl(text: string): ReadPublicUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return refused('Expected an address such as https://rtc.example.com or https://example.com/rtc.')
  }
  if (url.username !== '' || url.password !== '') return refused('Remove the user name and the password.')
  // An empty query or fragment leaves no trace in `url`.
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

/** The path that a public URL has, such as `/rtc`, without a trailing slash; empty at the root of an origin. */
export function basePathOf(publicUrl: string): string {
  return publicUrl === '' ? '' : new URL(publicUrl).pathname.replace(/\/$/, '')
}

/** The origin of a public URL, as browsers send it in `Origin`. */
export function originOf(publicUrl: string): string {
  return new URL(publicUrl).origin
}

/**
 * The request target without the base path, which proxies leave in it or strip. Every request goes through this once, before
 * anything looks at its path. What is not below the base path is returned as it is.
 */
export function stripBasePath(basePath: string, target: string): string {
  return basePath !== '' && target.startsWith(`${basePath}/`) ? target.slice(basePath.length) : target
}

/** The path of the public URL is one that the platform serves something at. */
export class BasePathError extends Error {
  override readonly name = 'BasePathError'
}

/**
 * Throws a BasePathError if the base path begins as a path of the platform does. A request for that path would be taken for one
 * below the base path, where a proxy has stripped it.
 */
export function requireApart(basePath: string, ownPath: string): void {
  const [, first = ''] = basePath.split('/')
  if (first === '' || ownPath.split('/')[1] !== first) return
  throw new BasePathError(`The path of the public URL cannot begin with /${first}, which the platform itself uses`)
}
