/** What each check of a knock is about, by its name in the API, in the order of the door. */
const WORDS: Readonly<Record<string, string>> = {
  connection_rate: 'Not too many knocks came from this address',
  present: 'There is a token',
  size: 'It is not too large to be looked at',
  form: 'It has the form of a signed token (JWS)',
  header: 'Its header can be read',
  key: 'The key that it names is one of this API key',
  algorithm: 'It is signed with the algorithm of that key',
  signature: 'Its signature is right',
  claims: 'Its claims can be read',
  api_key: 'It is for this API key',
  audience: 'It is for this audience',
  not_before: 'Its time has begun',
  expiry: 'It has not ended',
  lifetime: 'It lives no longer than the policy allows',
  user_id: 'It is for the user who brings it',
  policy: 'The policy lets in what it is',
  origin: 'The page is of an origin that is let in',
  revocation: 'It is not revoked',
  single_use: 'It was not used already, where once is all',
  session_limit: 'The user has not too many sessions',
  registration_rate: 'The user does not open sessions too fast',
  grant: 'It lets the user into the conversation',
  capacity: 'There is room in the conversation',
}

export function checkInWords(check: string): string {
  return WORDS[check] ?? check
}
