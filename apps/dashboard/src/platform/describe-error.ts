import { AdminError } from '@stagedoor/admin'

/**
 * Returns the message for a failed request.
 *
 * @param shown fields whose errors are shown at the fields themselves, as {@link fieldErrorsOf} names them.
 */
export function describeError(error: unknown, shown: readonly string[] = []): string {
  if (!(error instanceof AdminError)) return 'Couldn’t reach the platform. Check your network and try again.'
  if (error.errors.length === 0) return error.detail
  const others = error.errors.filter(({ field }) => !shown.includes(formFieldOf(field)))
  if (others.length === 0) return 'Fix the highlighted fields and try again.'
  return `${error.detail} ${others.map(({ field, message }) => `${field}: ${message}`).join('. ')}`
}

/** Returns the error of each field, by the name that a form gives it. */
export function fieldErrorsOf(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof AdminError)) return {}
  return Object.fromEntries(error.errors.map(({ field, message }) => [formFieldOf(field), asSentence(message)]))
}

/** The API names members of a list by their position, and the settings of a policy below `policy`: `policy.origins.0`. */
function formFieldOf(field: string): string {
  return field.replace(/^policy\./, '').replace(/\.\d+(\..*)?$/, '')
}

/** The API's messages continue the name of the field: "is not an origin". */
function asSentence(message: string): string {
  const subject = message.replace(/^is /, 'this is ')
  const sentence = subject.charAt(0).toUpperCase() + subject.slice(1)
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}
