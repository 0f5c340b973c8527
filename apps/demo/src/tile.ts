import type { PeerState, Stream } from '@stagedoor/client'
import { findElement } from './find-element.ts'
import { playThroughSpeaker } from './media/speaker.ts'

const template = findElement('tile-template', HTMLTemplateElement)
const HUES = 6
const MEDIA_STATES: Partial<Record<PeerState, string>> = {
  connecting: 'Connecting…',
  restarting: 'Reconnecting…',
  failed: 'No media connection',
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly isSelf: boolean
}

/** One tile on the stage: a stream, or a person without one. */
export class Tile {
  readonly element: HTMLElement
  readonly #video: HTMLVideoElement
  #stream: Stream | undefined
  readonly #show = () => this.#showMuted()

  constructor({ id, name, isSelf }: Person, stream?: Stream) {
    const tile = (template.content.cloneNode(true) as DocumentFragment).querySelector<HTMLElement>('.tile')
    if (!tile) throw new Error('The tile template has no element .tile')
    this.element = tile
    this.#video = document.createElement('video')
    tile.prepend(this.#video)
    tile.dataset['userId'] = id
    tile.dataset['hue'] = String(hueOf(id))
    tile.classList.toggle('self', isSelf)
    tile.classList.toggle('screen', stream?.isScreensharing() === true)
    const shown = `${isSelf ? `${name} (you)` : name}${stream?.isScreensharing() ? ', screen' : ''}`
    setText(tile, '.tile-name', shown)
    setText(tile, '.initials', initialsOf(name))
    this.#video.setAttribute('aria-label', `Video of ${shown}`)
    this.#attach(stream)
  }

  /** Says so if the media connection with the person is not there; undefined if there is none yet. */
  showMediaState(state: PeerState | undefined): void {
    setText(this.element, '.media-state', (state && MEDIA_STATES[state]) ?? '')
  }

  /** Removes the tile from the stage. */
  remove(): void {
    this.#stream?.off('muteChanged', this.#show)
    this.#stream?.off('tracksChanged', this.#show)
    this.#video.srcObject = null
    this.element.remove()
  }

  #attach(stream: Stream | undefined): void {
    this.#stream = stream
    stream?.on('muteChanged', this.#show)
    stream?.attachToElement(this.#video)
    stream?.on('tracksChanged', this.#show)
    void playThroughSpeaker(this.#video)
    this.#showMuted()
  }

  #showMuted(): void {
    const stream = this.#stream
    this.element.classList.toggle('dark', stream === undefined || !stream.hasVideo() || stream.isVideoMuted())
    const isSilent = stream === undefined || !stream.hasAudio() || stream.isAudioMuted()
    this.element.classList.toggle('silent', isSilent && stream?.isScreensharing() !== true)
  }
}

function setText(within: Element, selector: string, text: string): void {
  const element = within.querySelector(selector)
  if (element !== null && element.textContent !== text) element.textContent = text
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}

function hueOf(id: string): number {
  return [...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % HUES
}
