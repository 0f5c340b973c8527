/**
 * Returns the path of the same page for another API key, or of its policy if the page belongs to the platform.
 *
 * @param pathname within the dashboard, such as `/keys/abc/refusals/r1`.
 */
export function samePageOf(pathname: string, key: string): string {
  const [, page = ''] = /\/keys\/[^/]+\/([^/]+)/.exec(pathname) ?? []
  return `/keys/${encodeURIComponent(key)}${page === '' ? '' : `/${page}`}`
}
