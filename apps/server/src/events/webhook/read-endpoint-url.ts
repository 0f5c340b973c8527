import { DomainError } from '../../api-key/change-context.ts'
import { addressIn, isPublicAddress } from '../../outbound/public-address.ts'

/** The longest URL of an endpoint, in characters. */
export const MAX_ENDPOINT_URL_LENGTH = 1_024

/**
 * Reads the URL of an endpoint: HTTPS, and not in a private network unless the platform allows it. The address that a name resolves to is
 * checked when connecting.
 *
 * @throws {DomainError} if it is invalid.
 */
export function readEndpointUrl(text: string, toPrivate: boolean): string {
  const refuse = (message: string) => new DomainError(message, { reason: 'unusable' })
  if (text.length > MAX_ENDPOINT_URL_LENGTH) {
    throw refuse(`The URL of a webhook can have at most ${MAX_ENDPOINT_URL_LENGTH} characters`)
  }
  if (!URL.canParse(text))
    throw refuse('The URL is not valid. Expected one such as https://shop.example/stagedoor-events')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '')
    throw refuse('The URL of a webhook cannot contain a user or a password')
  if (url.protocol !== 'https:' && !(toPrivate && url.protocol === 'http:')) {
    throw refuse('Events are sent over https: only, unless the platform runs with --webhooks-to-private')
  }
  const address = addressIn(url)
  if (!toPrivate && address !== undefined && !isPublicAddress(address)) {
    throw refuse('The address is private. To send there, run the platform with --webhooks-to-private')
  }
  url.hash = ''
  return url.href
}
