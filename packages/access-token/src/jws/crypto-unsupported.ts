/**
 * The runtime does not support what a key needs. This is a verdict neither on a token nor on a key, so it is thrown, never returned.
 * The message never contains the key.
 */
export class CryptoUnsupportedError extends Error {
  override readonly name = 'CryptoUnsupportedError'
  readonly code = 'crypto_unsupported'

  /** @param what the unsupported operation, such as `sign with ES256`. */
  constructor(what: string, cause?: unknown) {
    const reason = cause instanceof Error ? ` (${cause.message})` : ''
    super(
      `This runtime cannot ${what}${reason}: its node:crypto is not complete. On Cloudflare Workers, set the compatibility flag ` +
        '"nodejs_compat" and a compatibility date of 2025 or later; elsewhere, use a version of the runtime whose node:crypto has it.',
      { cause },
    )
  }
}
