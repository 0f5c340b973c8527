import process from 'node:process'
import { InvalidArgumentError } from 'commander'
import { isTurn, type MediaOptions } from '../media/ice-servers.ts'
import { CliError } from './output.ts'

/** The shortest secret that may be shared with a TURN server, in characters: each user holds what it can be guessed from. */
export const MIN_TURN_SECRET_LENGTH = 32
/** The most STUN and TURN addresses that sessions are told of. Browsers slow down with more. */
export const MAX_ICE_ADDRESSES = 8

// RFC 7064 section 3.1, RFC 7065 section 3.1.
const HOST = String.raw`(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)`
const ADDRESS = new RegExp(
  String.raw`^(?:stuns?:${HOST}(?::\d{1,5})?|turns?:${HOST}(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?)$`,
  'i',
)

/** Reads a list of STUN and TURN addresses, with commas between them. */
export function parseIceAddresses(text: string): readonly string[] {
  const urls = text.split(',').map((part) => part.trim())
  const bad = urls.find((url) => !ADDRESS.test(url))
  if (bad !== undefined) {
    throw new InvalidArgumentError('Give addresses such as turn:turn.example.com:3478, with commas between them.')
  }
  if (urls.length > MAX_ICE_ADDRESSES)
    throw new InvalidArgumentError(`Give ${MAX_ICE_ADDRESSES} addresses at the most.`)
  return urls
}

/** The addresses with the secret out of the environment, without which nobody may use a TURN server. */
export function mediaOptions(urls: readonly string[], turnSecret = process.env.STAGEDOOR_TURN_SECRET): MediaOptions {
  if (!urls.some(isTurn)) return { urls, turnSecret: undefined }
  if (turnSecret === undefined || turnSecret === '') {
    throw new CliError(
      'A TURN server shares a secret with the platform: set STAGEDOOR_TURN_SECRET to its static-auth-secret',
    )
  }
  if (turnSecret.length < MIN_TURN_SECRET_LENGTH) {
    throw new CliError(
      `STAGEDOOR_TURN_SECRET has less than ${MIN_TURN_SECRET_LENGTH} characters, so it can be guessed. Make one: openssl rand -hex 32`,
    )
  }
  return { urls, turnSecret }
}
