/**
 * The path that the platform is reached under, such as `/rtc`; empty at the root of an origin.
 *
 * @param declared what the platform says in the page, from its public URL.
 * @param pathname of the page. On the machine of the platform itself, the page may be opened without the base path.
 */
export function findBasePath(declared: string, pathname: string): string {
  return `${pathname}/`.startsWith(`${declared}/dashboard/`) ? declared : ''
}
