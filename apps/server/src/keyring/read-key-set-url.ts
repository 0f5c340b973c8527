import { KeyRefusedError } from '@stagedoor/access-token'
import { isLoopback } from '../outbound/is-loopback.ts'

/** The longest address of a key set, in characters. */
export const MAX_KEY_SET_URL_LENGTH = 1_024

/**
 * Reads the address of a key set: over HTTPS, or plainly on this machine alone, since whoever can change what is fetched
 * can sign for everybody.
 *
 * @throws {KeyRefusedError} where it is not one.
 */
export function readKeySetUrl(text: string): string {
  if (text.length > MAX_KEY_SET_URL_LENGTH) {
    throw new KeyRefusedError(`The address of a key set has at most ${MAX_KEY_SET_URL_LENGTH} characters`)
  }
  if (!URL.canParse(text))
    throw new KeyRefusedError('This is no address. One is such as https://login.example/jwks.json')
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new KeyRefusedError('Keys are fetched over https: alone, and over http: from this very machine')
  }
  if (url.username !== '' || url.password !== '')
    throw new KeyRefusedError('The address of a key set holds no password')
  url.hash = ''
  return url.href
}
