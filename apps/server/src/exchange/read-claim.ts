// The separators of several values in one text: scopes (RFC 6749 section 3.3), which some providers call `scp`.
const SPACE_SEPARATED = ['scope', 'scp']

/**
 * The values of a claim, by its name or path; none if there is no such claim.
 *
 * A claim with exactly that name takes precedence, because names may contain dots and slashes (`https://shop.example/roles`). Otherwise,
 * `realm_access.roles` is the member `roles` of the claim `realm_access`, at any depth. A path that begins with a slash is a JSON Pointer
 * (RFC 6901), for names with dots: `/resource_access/shop.web/roles`. Each member of a list is a value, each word of `scope` or `scp`
 * too; anything else is one value.
 */
export function readClaim(claims: Readonly<Record<string, unknown>>, path: string): readonly unknown[] {
  const names = Object.hasOwn(claims, path) ? [path] : namesOf(path)
  let found: unknown = claims
  for (const name of names) {
    if (typeof found !== 'object' || found === null || Array.isArray(found) || !Object.hasOwn(found, name)) return []
    found = (found as Readonly<Record<string, unknown>>)[name]
  }
  const isWords = typeof found === 'string' && SPACE_SEPARATED.includes(names.at(-1) ?? '')
  return isWords ? (found as string).split(' ') : [found].flat()
}

function namesOf(path: string): readonly string[] {
  if (!path.startsWith('/')) return path.split('.')
  const parts = path.slice(1).split('/')
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}
