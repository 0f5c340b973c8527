import { addressIn, isPublicAddress } from './public-address.ts'

/**
 * Why the platform would never fetch keys from a URL, in one sentence; undefined if it would.
 *
 * @param toPrivate whether private addresses and `http:` are allowed.
 */
export function whyNotAsked(address: string, toPrivate: boolean): string | undefined {
  if (toPrivate) return undefined
  const url = new URL(address)
  const named = addressIn(url)
  const isOpen = named === undefined ? url.hostname !== 'localhost' : isPublicAddress(named)
  if (url.protocol === 'https:' && isOpen) return undefined
  return 'Key sets are fetched over https: and on the public internet only, unless the platform runs with --webhooks-to-private or --dev.'
}
