import { type Conversation, Stream, type UserAgent } from '@stagedoor/client'
import { findElement } from './find-element.ts'
import type { Stage } from './stage.ts'
import { say } from './status.ts'

const buttons = {
  microphone: findElement('microphone', HTMLButtonElement),
  camera: findElement('camera', HTMLButtonElement),
  screen: findElement('screen', HTMLButtonElement),
}

// In order of preference: without a camera, you can still be heard.
const CAPTURES: readonly MediaStreamConstraints[] = [
  { audio: true, video: true },
  { audio: true, video: false },
  { audio: false, video: true },
]

/** The user's own camera, microphone and screen in a conversation, and the buttons for them. */
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

  /** Captures and publishes camera and microphone, as available. Without either, the user stays and sees a message. */
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
      say(`Couldn’t publish your camera and microphone. ${(error as Error).message}`)
    }
  }

  /** Releases camera, microphone and screen. */
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
        if (!stream.hasVideo()) say('Joined without a camera: none found, or access denied.')
        if (!stream.hasAudio()) say('Joined without a microphone: none found, or access denied.')
        return stream
      } catch (error) {
        reason = error
      }
    }
    const isDenied = reason instanceof DOMException && reason.name === 'NotAllowedError'
    const why = isDenied ? 'access denied' : 'none found'
    say(`Joined without camera and microphone: ${why}.`, { stays: true })
    return undefined
  }

  #toggleMicrophone(): void {
    const stream = this.#stream
    if (stream === undefined) void this.start()
    else if (!stream.hasAudio()) say('No microphone found.')
    else if (stream.isAudioMuted()) stream.enableAudio()
    else stream.disableAudio()
    this.#show()
  }

  #toggleCamera(): void {
    const stream = this.#stream
    if (stream === undefined) void this.start()
    else if (!stream.hasVideo()) say('No camera found.')
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
      if (!isDeclined) say(`Couldn’t share your screen. ${(error as Error).message}`)
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
