// What separates several values in one text: scopes (RFC 6749 section 3.3), which some providers call `scp`.
const SPACE_SEPARATED = ['scope', 'scp']

/**
 * The values of a claim, by its name or by the path to it: none where there is no such claim.
 *
 * A claim of just that name goes first, since names of claims may have dots and slashes in them (`https://shop.example/roles`). Else
 * `realm_access.roles` is the member `roles` of the claim `realm_access`, at whatever depth. A path that begins with a slash is a
 * JSON Pointer (RFC 6901), for names that have dots in them: `/resource_access/shop.web/roles`. A list has each of its members as a
 * value; a text of `scope` or `scp` each of its words; anything else is one value.
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
