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
 * gate admits pages of any origin if none is listed; but here there is no back end that would check who gets a token. What is
 * no page, such as an app or a program, says no origin.
 */
export function mayExchange({ origin, site, own }: Asking, { origins }: Pick<Policy, 'origins'>): boolean {
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none'
  return origins === undefined ? origin === own : includesOrigin(origins, origin)
}
