import process from 'node:process'
import { InvalidArgumentError } from 'commander'
import { isTurn, type MediaOptions } from '../../../media/ice-servers.ts'
import { CliError } from '../../output/print.ts'

/** The minimum length of a TURN secret, in characters: users can try to guess it offline from their TURN credentials. */
export const MIN_TURN_SECRET_LENGTH = 32
/** The maximum number of STUN and TURN addresses. Browsers slow down with more. */
export const MAX_ICE_ADDRESSES = 8

// RFC 7064 section 3.1, RFC 7065 section 3.1.
const HOST = String.raw`(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)`
const ADDRESS = new RegExp(
  String.raw`^(?:stuns?:${HOST}(?::\d{1,5})?|turns?:${HOST}(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?)$`,
  'i',
)

/** Parses a comma-separated list of STUN and TURN addresses. */
export function parseIceAddresses(text: string): readonly string[] {
  const urls = text.split(',').map((part) => part.trim())
  const bad = urls.find((url) => !ADDRESS.test(url))
  if (bad !== undefined) {
    throw new InvalidArgumentError('Expected a comma-separated list of addresses such as turn:turn.example.com:3478.')
  }
  if (urls.length > MAX_ICE_ADDRESSES)
    throw new InvalidArgumentError(`At most ${MAX_ICE_ADDRESSES} addresses are allowed.`)
  return urls
}

/** Combines the addresses with the TURN secret from the environment. Throws if a TURN server has none. */
export function mediaOptions(urls: readonly string[], turnSecret = process.env.STAGEDOOR_TURN_SECRET): MediaOptions {
  if (!urls.some(isTurn)) return { urls, turnSecret: undefined }
  if (turnSecret === undefined || turnSecret === '') {
    throw new CliError(
      '--turn names a TURN server, which needs a shared secret. Set STAGEDOOR_TURN_SECRET to its static-auth-secret',
    )
  }
  if (turnSecret.length < MIN_TURN_SECRET_LENGTH) {
    throw new CliError(
      `STAGEDOOR_TURN_SECRET has less than ${MIN_TURN_SECRET_LENGTH} characters and can be guessed. Generate one: openssl rand -hex 32`,
    )
  }
  return { urls, turnSecret }
}
