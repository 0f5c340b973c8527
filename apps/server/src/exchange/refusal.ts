/** Why a token is not exchanged. Used as labels of metrics and in the log. */
const EXCHANGE_REFUSALS = [
  'malformed',
  'rate_limited',
  'target_unknown',
  'origin_refused',
  'token_malformed',
  'issuer_untrusted',
  'signature_invalid',
  'audience_mismatch',
  'token_expired',
  'token_not_yet_valid',
  'token_too_old',
  'token_unfit',
  'user_id_unusable',
  'token_revoked',
  'user_banned',
  'nothing_granted',
  'scope_malformed',
  'scope_too_broad',
  'scope_too_much',
  'provider_unavailable',
] as const

type ExchangeRefusal = (typeof EXCHANGE_REFUSALS)[number]

/** All outcomes of an exchange. */
export const EXCHANGE_OUTCOMES = ['exchanged', ...EXCHANGE_REFUSALS] as const
export type ExchangeOutcome = (typeof EXCHANGE_OUTCOMES)[number]

/** A refusal that is found only after a request was read. */
export type JudgedRefusal = Exclude<ExchangeRefusal, 'malformed' | 'rate_limited'>

export interface Refused {
  readonly ok: false
  readonly reason: JudgedRefusal
}

export function refuse(reason: JudgedRefusal): Refused {
  return { ok: false, reason }
}
