/**
 * The address of the page on which one is, for another API key; of its first page, where the page is of the platform.
 *
 * @param pathname within the dashboard, as in `/keys/abc/refusals/r1`.
 */
export function samePageOf(pathname: string, key: string): string {
  const [, page = ''] = /\/keys\/[^/]+\/([^/]+)/.exec(pathname) ?? []
  return `/keys/${encodeURIComponent(key)}${page === '' ? '' : `/${page}`}`
}
