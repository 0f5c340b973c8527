export type Closer = () => void | Promise<void>

/** Closes what was opened so far, in reverse order. */
export class Shutdown {
  readonly #closers: Closer[] = []
  #hasBegun = false

  get hasBegun(): boolean {
    return this.#hasBegun
  }

  add(...closers: readonly Closer[]): void {
    this.#closers.push(...closers)
  }

  readonly run = async (): Promise<void> => {
    this.#hasBegun = true
    for (const close of this.#closers.splice(0).reverse()) await close()
  }
}
