import { DomainError } from '../../api-key/change-context.ts'
import { addressIn, isPublicAddress } from '../../outbound/public-address.ts'

/** The longest address of an endpoint, in characters. */
export const MAX_ENDPOINT_URL_LENGTH = 1_024

/**
 * Reads the address of an endpoint: over HTTPS, and not of a private network, unless the platform may send to these. What a
 * name stands for is looked at when it is connected to.
 *
 * @throws {DomainError} where it is not one.
 */
export function readEndpointUrl(text: string, toPrivate: boolean): string {
  const refuse = (message: string) => new DomainError(message, { reason: 'unusable' })
  if (text.length > MAX_ENDPOINT_URL_LENGTH) {
    throw refuse(`The address of an endpoint has at most ${MAX_ENDPOINT_URL_LENGTH} characters`)
  }
  if (!URL.canParse(text)) throw refuse('This is no address. One is such as https://shop.example/stagedoor-events')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') throw refuse('The address of an endpoint holds no password')
  if (url.protocol !== 'https:' && !(toPrivate && url.protocol === 'http:')) {
    throw refuse('Events are sent over https: alone, unless the platform runs with --webhooks-to-private')
  }
  const address = addressIn(url)
  if (!toPrivate && address !== undefined && !isPublicAddress(address)) {
    throw refuse('This address is private. To send there, the platform must run with --webhooks-to-private')
  }
  url.hash = ''
  return url.href
}
