/** How many measurements are collected before they are passed on. */
export const BATCH_SIZE = 256

/**
 * Collects measurements on a hot path and passes them on in batches: code that runs rarely is slow, and code that runs repeatedly is
 * fast.
 */
export class Batch {
  readonly #figures = new Float64Array(BATCH_SIZE)
  readonly #handOn: (figure: number) => void
  #count = 0

  constructor(handOn: (figure: number) => void) {
    this.#handOn = handOn
  }

  add(figure: number): void {
    this.#figures[this.#count++] = figure
    if (this.#count === BATCH_SIZE) this.flush()
  }

  /** Passes on the collected measurements. */
  flush(): void {
    const count = this.#count
    this.#count = 0
    for (let at = 0; at < count; at++) this.#handOn(this.#figures[at] as number)
  }
}
