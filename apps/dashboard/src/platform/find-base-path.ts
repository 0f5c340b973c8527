/**
 * Returns the path under which the platform is reached, such as `/rtc`; empty at the root of an origin.
 *
 * @param declared the base path in the page, from the platform's public URL.
 * @param pathname of the page. On the platform's own machine it may be opened without the base path.
 */
export function findBasePath(declared: string, pathname: string): string {
  return `${pathname}/`.startsWith(`${declared}/dashboard/`) ? declared : ''
}
