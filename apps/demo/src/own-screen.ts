import { type Conversation, Stream } from '@stagedoor/client'
import { findElement } from './find-element.ts'
import type { Stage } from './stage.ts'
import { say } from './status.ts'

const button = findElement('screen', HTMLButtonElement)

/** The screen that the user shares in a conversation, and the button for it. */
export class OwnScreen {
  readonly #conversation: Conversation
  readonly #stage: Stage
  readonly #listening = new AbortController()
  #stream: Stream | undefined

  constructor(conversation: Conversation, stage: Stage) {
    this.#conversation = conversation
    this.#stage = stage
    button.addEventListener('click', () => this.#toggle(), { signal: this.#listening.signal })
    button.hidden = navigator.mediaDevices?.getDisplayMedia === undefined
    conversation.on('publicationEnded', ({ stream }) => {
      if (stream === this.#stream) this.#drop(stream)
    })
    this.#show()
  }

  /** Releases the screen. */
  stop(): void {
    this.#listening.abort()
    this.#stream?.release()
  }

  async #toggle(): Promise<void> {
    if (this.#stream !== undefined) return this.#unpublish(this.#stream)
    try {
      const stream = await Stream.createDisplayMediaStream()
      if (this.#listening.signal.aborted) return stream.release()
      this.#stream = stream
      stream.on('stopped', () => this.#unpublish(stream))
      this.#stage.addOwn(stream)
      this.#show()
      await this.#conversation.publish(stream)
    } catch (error) {
      if (this.#stream !== undefined) this.#drop(this.#stream)
      const isDeclined = error instanceof DOMException && error.name === 'NotAllowedError'
      if (!isDeclined) say(`Couldn’t share your screen. ${(error as Error).message}`)
    }
  }

  async #unpublish(stream: Stream): Promise<void> {
    if (this.#stream !== stream) return
    this.#drop(stream)
    await this.#conversation.unpublish(stream).catch((error: Error) => say(error.message))
  }

  #drop(stream: Stream): void {
    this.#stream = undefined
    stream.release()
    this.#stage.removeOwn(stream)
    this.#show()
  }

  #show(): void {
    button.setAttribute('aria-pressed', String(this.#stream !== undefined))
  }
}
