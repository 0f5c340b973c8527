import { includesOrigin } from '../../policy/origin.ts'
import type { Policy } from '../../policy/policy.ts'

interface Asking {
  readonly origin: string | undefined
  /** `Sec-Fetch-Site`, where a browser says it. */
  readonly site: string | undefined
  /** The origin of the platform itself. */
  readonly own: string
}

/**
 * Whether a page may exchange tokens: one of an origin that the policy lists or, where it lists none, of the platform's own. The
 * door lets in pages of any origin where none is listed; but who is given tokens here has no back end that would look. What is
 * no page, such as an app or a program, says no origin.
 */
export function mayExchange({ origin, site, own }: Asking, { origins }: Pick<Policy, 'origins'>): boolean {
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none'
  return origins === undefined ? origin === own : includesOrigin(origins, origin)
}
