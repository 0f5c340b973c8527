import { KeyRefusedError } from '@stagedoor/access-token'
import { isLoopback } from '../outbound/is-loopback.ts'

/** The longest URL of a key set, in characters. */
export const MAX_KEY_SET_URL_LENGTH = 1_024

/** The URL of Firebase Authentication's keys as a JWK set. */
const FIREBASE_JWK_SET = 'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com'

/**
 * Reads the URL of a key set: HTTPS, or HTTP on this machine only, because anyone who can change the response can sign for every user.
 *
 * @throws {KeyRefusedError} if it is invalid.
 */
export function readKeySetUrl(text: string): string {
  if (text.length > MAX_KEY_SET_URL_LENGTH) {
    throw new KeyRefusedError(`The URL of a key set can have at most ${MAX_KEY_SET_URL_LENGTH} characters`)
  }
  if (!URL.canParse(text))
    throw new KeyRefusedError('The URL is not valid. Expected one such as https://login.example/jwks.json')
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new KeyRefusedError('Key sets are fetched over https: only, or over http: from the same machine')
  }
  if (url.username !== '' || url.password !== '')
    throw new KeyRefusedError('The URL of a key set cannot contain a user or a password')
  if (isCertificateMap(url)) {
    throw new KeyRefusedError(
      `This URL has X.509 certificates, not a JWK set. The JWK set of Firebase is at ${FIREBASE_JWK_SET}`,
    )
  }
  url.hash = ''
  return url.href
}

/** Whether it is a URL at which Google publishes a map from key ids to certificates, which its pages mention first. */
function isCertificateMap({ hostname, pathname }: URL): boolean {
  const isOfGoogle = hostname === 'googleapis.com' || hostname.endsWith('.googleapis.com')
  return isOfGoogle && (/\/x509(\/|$)/.test(pathname) || /^\/oauth2\/v1\/certs\/?$/.test(pathname))
}
