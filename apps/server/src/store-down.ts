/**
 * The store cannot be reached. The state in memory stays in force; a change has to be requested again. The message can be shown to
 * users and contains no password.
 */
export class StoreDownError extends Error {
  override readonly name = 'StoreDownError'
}
