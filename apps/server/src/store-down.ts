/**
 * The store cannot be reached. What is in memory stays in force; a change has to be asked for again. The message is fit to be
 * shown, and holds no password.
 */
export class StoreDownError extends Error {
  override readonly name = 'StoreDownError'
}
