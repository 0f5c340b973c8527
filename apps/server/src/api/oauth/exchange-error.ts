import type { JudgedRefusal } from '../../exchange/refusal.ts'
import { OAuthError } from './oauth-error.ts'

// A token with an invalid signature gets no other details, because its sender may have forged it.
const NOT_GOOD = 'The subject token is no good one of an identity provider that this API key trusts'

/** The error for a page: an invalid subject token is an invalid request (RFC 8693 section 2.2.2). */
const ERRORS: Readonly<Record<JudgedRefusal, () => OAuthError>> = {
  target_unknown: () => new OAuthError(400, 'invalid_target', 'There is no such API key that exchanges tokens'),
  origin_refused: () =>
    new OAuthError(403, 'unauthorized_client', 'The policy of the API key does not list the origin of this page'),
  token_malformed: () => invalid(NOT_GOOD),
  issuer_untrusted: () => invalid(NOT_GOOD),
  signature_invalid: () => invalid(NOT_GOOD),
  audience_mismatch: () => invalid('The subject token is for another audience'),
  token_expired: () => invalid('The subject token has expired'),
  token_not_yet_valid: () => invalid('The subject token is not valid yet'),
  token_too_old: () => invalid('The subject token is older than a day'),
  token_unfit: () => invalid('The subject token lacks a claim, or is made for another use'),
  user_id_unusable: () => invalid('The subject token names no user whose id can be used here'),
  token_revoked: () => invalid('The subject token was revoked, or is older than a revocation of its user'),
  user_banned: () => invalid('The user is banned for now'),
  nothing_granted: () => invalid('The claims of the subject token grant nothing here'),
  scope_malformed: () => scope('The scope is made of entries such as conversation:lesson-7'),
  scope_too_broad: () => scope('The scope names a conversation that the subject token does not grant'),
  scope_too_much: () => scope('More conversations than fit into one token: name fewer in the scope'),
  provider_unavailable: () =>
    new OAuthError(503, 'temporarily_unavailable', 'The identity provider cannot be asked for its keys', {
      'retry-after': '10',
    }),
}

export function errorOf(reason: JudgedRefusal): OAuthError {
  return ERRORS[reason]()
}

function invalid(description: string): OAuthError {
  return new OAuthError(400, 'invalid_request', description)
}

function scope(description: string): OAuthError {
  return new OAuthError(400, 'invalid_scope', description)
}
