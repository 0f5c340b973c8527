/** The text for each action, by its name in the API. The subject follows. */
const WORDS: Readonly<Record<string, string>> = {
  'access_token.minted': 'Minted a token for user',
  'account.changed': 'Changed account',
  'account.created': 'Created account',
  'account.deleted': 'Deleted account',
  'account.password_changed': 'Changed their own password',
  'account.password_refused': 'Entered a wrong current password',
  'api_key.changed': 'Changed API key',
  'api_key.created': 'Created API key',
  'api_key.deleted': 'Deleted API key',
  'ban.lifted': 'Lifted the ban of user',
  'conversation.announced': 'Sent an announcement to conversation',
  'conversation.closed': 'Closed conversation',
  'login.opened': 'Logged in',
  'login.refused': 'Failed to log in',
  'personal_token.created': 'Created personal access token',
  'personal_token.deleted': 'Deleted personal access token',
  'platform.set_up': 'Set up the platform',
  'revocation.made': 'Revoked',
  'session.closed': 'Closed session',
  'session.ejected': 'Ejected session',
  'signing_key.created': 'Added signing key',
  'signing_key.kept': 'Canceled the retirement of signing key',
  'signing_key.retired': 'Retired signing key',
  'stream.muted': 'Muted stream',
  'webhook.changed': 'Changed webhook',
  'webhook.created': 'Created webhook',
  'webhook.deleted': 'Deleted webhook',
  'webhook.disabled': 'Disabled webhook',
  'webhook.replayed': 'Resent deliveries of webhook',
  'webhook.secret_rotated': 'Rotated the secret of webhook',
  'webhook.tested': 'Sent a test to webhook',
}

export function actionInWords(action: string): string {
  return WORDS[action] ?? action
}

/** What the audit log can be filtered by: prefixes of actions, as the API takes them. */
export const ACTION_GROUPS = [
  { value: 'api_key.', label: 'API keys and policies' },
  { value: 'signing_key.', label: 'Signing keys' },
  { value: 'access_token.', label: 'Minted tokens' },
  { value: 'revocation.', label: 'Revocations' },
  { value: 'session.', label: 'Sessions' },
  { value: 'stream.', label: 'Streams' },
  { value: 'conversation.', label: 'Conversations' },
  { value: 'webhook.', label: 'Webhooks' },
  { value: 'account.', label: 'Accounts' },
  { value: 'personal_token.', label: 'Personal access tokens' },
  { value: 'login.', label: 'Logins' },
]
