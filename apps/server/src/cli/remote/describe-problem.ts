import type { AdminError } from '@stagedoor/admin'

/** Describes an error of the API and how to fix it. */
export function describeProblem({ status, detail, errors }: AdminError): string {
  if (status === 401) {
    return (
      'The personal access token is unknown or has expired. Create one in the dashboard, under your account, ' +
      'and set it in STAGEDOOR_TOKEN or --token-file'
    )
  }
  const fields = errors.map(({ field, message }) => `${field}: ${message}`)
  const words = [detail.replace(/\.$/, ''), ...fields].join('; ')
  return status === 403 ? `${words}. Check the role of the account and the rights of the token` : words
}
