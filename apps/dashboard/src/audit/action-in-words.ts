/** What was done, by its name in the API. */
const WORDS: Readonly<Record<string, string>> = {
  'access_token.minted': 'Minted a token for',
  'account.changed': 'Changed the account',
  'account.created': 'Made the account',
  'account.deleted': 'Deleted the account',
  'account.password_changed': 'Changed their password',
  'account.password_refused': 'Entered a wrong present password',
  'api_key.changed': 'Changed the API key',
  'api_key.created': 'Made the API key',
  'api_key.deleted': 'Deleted the API key',
  'ban.lifted': 'Lifted the ban of',
  'conversation.announced': 'Said something to everybody in',
  'login.opened': 'Logged in',
  'login.refused': 'Was refused to log in',
  'personal_token.created': 'Made the personal access token',
  'personal_token.deleted': 'Deleted the personal access token',
  'platform.set_up': 'Set the platform up',
  'revocation.made': 'Revoked',
  'session.closed': 'Closed the session',
  'session.ejected': 'Ejected the session',
  'signing_key.created': 'Added the key',
  'signing_key.kept': 'Kept after all the key',
  'signing_key.retired': 'Retired the key',
  'stream.muted': 'Muted the stream',
  'webhook.changed': 'Changed the webhook',
  'webhook.created': 'Made the webhook',
  'webhook.deleted': 'Deleted the webhook',
  'webhook.disabled': 'Disabled the webhook',
  'webhook.replayed': 'Replayed deliveries of the webhook',
  'webhook.secret_rotated': 'Rotated the secret of the webhook',
  'webhook.tested': 'Sent a test to the webhook',
}

export function actionInWords(action: string): string {
  return WORDS[action] ?? action
}

/** What the trail can be asked for: the beginnings of actions, as the API takes them. */
export const ACTION_GROUPS = [
  { value: 'api_key.', label: 'API keys and policies' },
  { value: 'signing_key.', label: 'Secrets and public keys' },
  { value: 'access_token.', label: 'Tokens minted' },
  { value: 'revocation.', label: 'Revocations' },
  { value: 'session.', label: 'Sessions' },
  { value: 'stream.', label: 'Streams' },
  { value: 'conversation.', label: 'Conversations' },
  { value: 'webhook.', label: 'Webhooks' },
  { value: 'account.', label: 'Accounts' },
  { value: 'personal_token.', label: 'Personal access tokens' },
  { value: 'login.', label: 'Logins' },
]
