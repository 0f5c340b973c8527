type Outcome = 'passed' | 'failed' | 'not reached'

/** What each check tests, by its name in the API, in the order they run: the text when it holds, and when it failed. */
const WORDS: Readonly<Record<string, readonly [holds: string, failed: string]>> = {
  connection_rate: ['Connection attempts within the limit', 'Too many connection attempts from this address'],
  present: ['Token present', 'Token missing'],
  size: ['Token size within the limit', 'Token too large'],
  form: ['Signed token (JWS)', 'Not a signed token (JWS)'],
  header: ['Header readable', 'Header not readable'],
  key: ['Signing key found', 'No signing key matches the token'],
  algorithm: ['Algorithm matches the signing key', 'Algorithm does not match the signing key'],
  signature: ['Signature valid', 'Signature invalid'],
  claims: ['Claims readable', 'Claims not readable'],
  api_key: ['Issued for this API key', 'Issued for another API key'],
  audience: ['Audience matches', 'Audience does not match'],
  not_before: ['Already valid', 'Not valid yet'],
  expiry: ['Not expired', 'Token expired'],
  lifetime: ['Lifetime within the policy', 'Lifetime longer than the policy allows'],
  user_id: ['Issued for this user', 'Issued for another user'],
  policy: ['Allowed by policy', 'Not allowed by policy'],
  origin: ['Origin allowed', 'Origin not allowed'],
  revocation: ['Not revoked', 'Token, user or signing key revoked'],
  single_use: ['Single use confirmed', 'Single use not confirmed'],
  session_limit: ['Sessions per user within the limit', 'Too many sessions for this user'],
  registration_rate: ['Registrations per user within the limit', 'Too many registrations for this user'],
  message_rate: ['Messages within the limit', 'Too many messages in this session'],
  renewal_rate: ['Renewals within the limit', 'Too many renewals in this session'],
  fan_out_rate: ['Fan-out within the limit', 'Too many messages to others in this session'],
  grant: ['Conversation allowed', 'Conversation not allowed'],
  capacity: ['Conversation has space', 'Conversation is full'],
}

/** Returns the text of a check with its outcome; its name if it is unknown. */
export function checkInWords(check: string, outcome: Outcome = 'passed'): string {
  const [holds, failed] = WORDS[check] ?? [check, check]
  return outcome === 'failed' ? failed : holds
}
