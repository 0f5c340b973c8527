import { AdminError } from '@stagedoor/admin'

/** What to tell people of a request that failed. */
export function describeError(error: unknown): string {
  if (error instanceof AdminError) {
    const fields = error.errors.map(({ field, message }) => `${field}: ${message}`)
    return fields.length === 0 ? error.detail : `${error.detail} ${fields.join('. ')}`
  }
  return 'The platform cannot be reached. Look at the network, and try again.'
}

/** What is wrong with each field of a form, by its name. */
export function fieldErrorsOf(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof AdminError)) return {}
  return Object.fromEntries(error.errors.map(({ field, message }) => [field, message]))
}
