import type { AdminError } from '@stagedoor/admin'

/** What a platform says to a request that it does not carry out, and what to do about it. */
export function describeProblem({ status, detail, errors }: AdminError): string {
  if (status === 401) {
    return (
      'The platform does not know this personal access token, or it has ended. Make another one in the dashboard, ' +
      'under your account, and give it in STAGEDOOR_TOKEN or --token-file'
    )
  }
  const fields = errors.map(({ field, message }) => `${field}: ${message}`)
  const words = [detail.replace(/\.$/, ''), ...fields].join('; ')
  return status === 403 ? `${words}. The role of the account and the rights of the token decide` : words
}
