import { timingSafeEqual } from 'node:crypto'
import { digest, generateCredential } from './generate-credential.ts'

/** The one-time setup code, which is printed at startup and creates the first account. */
export class SetUp {
  readonly #code = generateCredential('')
  #isOpen: boolean

  /** @param isOpen whether there is no account yet. */
  constructor(isOpen: boolean) {
    this.#isOpen = isOpen
  }

  /** The text to print; undefined if there is an account. */
  get code(): string | undefined {
    return this.#isOpen ? this.#code : undefined
  }

  accepts(code: string): boolean {
    return this.#isOpen && timingSafeEqual(Buffer.from(digest(code)), Buffer.from(digest(this.#code)))
  }

  close(): void {
    this.#isOpen = false
  }
}
