import { type Conversation, Stream, type UserAgent } from '@stagedoor/client'
import { findElement } from './find-element.ts'
import type { Stage } from './stage.ts'
import { say } from './status.ts'

const buttons = {
  microphone: findElement('microphone', HTMLButtonElement),
  camera: findElement('camera', HTMLButtonElement),
  screen: findElement('screen', HTMLButtonElement),
}

// From the most to the least: whoever has no camera can still be heard.
const CAPTURES: readonly MediaStreamConstraints[] = [
  { audio: true, video: true },
  { audio: true, video: false },
  { audio: false, video: true },
]

/** One's own camera, microphone and screen in a conversation, and the buttons for them. */
export class OwnMedia {
  readonly #userAgent: UserAgent
  readonly #conversation: Conversation
  readonly #stage: Stage
  readonly #listening = new AbortController()
  #stream: Stream | undefined
  #screen: Stream | undefined

  constructor(userAgent: UserAgent, conversation: Conversation, stage: Stage) {
    this.#userAgent = userAgent
    this.#conversation = conversation
    this.#stage = stage
    const { signal } = this.#listening
    buttons.microphone.addEventListener('click', () => this.#toggleMicrophone(), { signal })
    buttons.camera.addEventListener('click', () => this.#toggleCamera(), { signal })
    buttons.screen.addEventListener('click', () => this.#toggleScreen(), { signal })
    buttons.screen.hidden = navigator.mediaDevices?.getDisplayMedia === undefined
    this.#show()
  }

  /** Opens what there is of camera and microphone, and publishes it. Without either, one stays in and is told so. */
  async start(): Promise<void> {
    const stream = await this.#capture()
    if (stream === undefined) return
    if (this.#listening.signal.aborted) return stream.release()
    this.#stream = stream
    this.#stage.addOwn(stream)
    this.#show()
    try {
      await this.#conversation.publish(stream)
    } catch (error) {
      this.#drop(stream)
      say(`Your camera and microphone were not published. ${(error as Error).message}`)
    }
  }

  /** Camera and microphone are free again. */
  stop(): void {
    this.#listening.abort()
    this.#stream?.release()
    this.#screen?.release()
  }

  async #capture(): Promise<Stream | undefined> {
    let reason: unknown
    for (const constraints of CAPTURES) {
      try {
        const stream = await this.#userAgent.createStream({ constraints })
        if (!stream.hasVideo()) say('You joined without a camera: there is none, or it is not allowed.')
        if (!stream.hasAudio()) say('You joined without a microphone: there is none, or it is not allowed.')
        return stream
      } catch (error) {
        reason = error
      }
    }
    const isDenied = reason instanceof DOMException && reason.name === 'NotAllowedError'
    const why = isDenied ? 'they are not allowed' : 'there are none'
    say(`You joined without camera and microphone: ${why}.`, { goesOn: true })
    return undefined
  }

  #toggleMicrophone(): void {
    const stream = this.#stream
    if (stream === undefined) void this.start()
    else if (!stream.hasAudio()) say('There is no microphone.')
    else if (stream.isAudioMuted()) stream.enableAudio()
    else stream.disableAudio()
    this.#show()
  }

  #toggleCamera(): void {
    const stream = this.#stream
    if (stream === undefined) void this.start()
    else if (!stream.hasVideo()) say('There is no camera.')
    else if (stream.isVideoMuted()) stream.enableVideo()
    else stream.disableVideo()
    this.#show()
  }

  async #toggleScreen(): Promise<void> {
    if (this.#screen !== undefined) return this.#stopScreen(this.#screen)
    try {
      const screen = await Stream.createDisplayMediaStream()
      this.#screen = screen
      screen.on('stopped', () => this.#stopScreen(screen))
      this.#stage.addOwn(screen)
      this.#show()
      await this.#conversation.publish(screen)
    } catch (error) {
      if (this.#screen !== undefined) this.#drop(this.#screen)
      const isDeclined = error instanceof DOMException && error.name === 'NotAllowedError'
      if (!isDeclined) say(`Your screen is not shared. ${(error as Error).message}`)
    }
  }

  async #stopScreen(screen: Stream): Promise<void> {
    if (this.#screen !== screen) return
    this.#drop(screen)
    await this.#conversation.unpublish(screen).catch((error: Error) => say(error.message))
  }

  #drop(stream: Stream): void {
    if (this.#stream === stream) this.#stream = undefined
    if (this.#screen === stream) this.#screen = undefined
    stream.release()
    this.#stage.removeOwn(stream)
    this.#show()
  }

  #show(): void {
    const stream = this.#stream
    press(buttons.microphone, stream?.hasAudio() === true && !stream.isAudioMuted())
    press(buttons.camera, stream?.hasVideo() === true && !stream.isVideoMuted())
    press(buttons.screen, this.#screen !== undefined)
  }
}

function press(button: HTMLButtonElement, pressed: boolean): void {
  button.setAttribute('aria-pressed', String(pressed))
}
