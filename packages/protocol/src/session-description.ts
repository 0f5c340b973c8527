/** A kind of media that a section of a description is about. Nothing else is negotiated between members. */
export type MediaKind = 'audio' | 'video' | 'application'

/** One media section of a session description, as far as it matters who sends what. */
export interface MediaSection {
  readonly kind: MediaKind
  /** Whether its sender offers to send (RFC 8866 section 6.7): it does unless it says otherwise. A data channel always does. */
  readonly sends: boolean
}

/** A session description that was read strictly. */
export interface SessionDescription {
  readonly sections: readonly MediaSection[]
  /** The same description, re-serialized from what was parsed, so that every reader sees the lines that were checked. */
  readonly sdp: string
}

// A line is one letter, an equals sign and a value (RFC 8866 section 5). Browsers write nothing in it but printable ASCII.
const LINE = /^([a-z])=([ -~]*)$/
// A name is a token (RFC 8866 section 9), and what follows a colon is its value.
const ATTRIBUTE = /^([!#-'*+\-.0-9A-Z^-~]+)(?::(.*))?$/
const MEDIA = /^(audio|video|application) \d{1,5}(?:\/\d{1,5})? [A-Z]+(?:\/[A-Z]+)* [!-~]+(?: [!-~]+)*$/

const FIRST_LINES = ['v', 'o', 's']
const SESSION_LINES = 'iuepcbtrzka'
const MEDIA_LINES = 'icbka'

const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive']
const SILENT = ['recvonly', 'inactive']

/**
 * Reads a session description as RFC 8866 has it, and more strictly where browsers differ: what one of them reads as a direction
 * and another one does not, is refused.
 *
 * @returns nothing where it is none.
 */
export function readSessionDescription(sdp: string): SessionDescription | undefined {
  const lines = sdp.replace(/\r?\n$/, '').split(/\r?\n/)
  const sections: { kind: MediaKind; directions: string[] }[] = []
  const sessionDirections: string[] = []
  for (const [at, line] of lines.entries()) {
    const [, type = '', value = ''] = LINE.exec(line) ?? []
    if (at < FIRST_LINES.length) {
      if (type !== FIRST_LINES[at] || (type === 'v' && value !== '0')) return undefined
      continue
    }
    const section = sections.at(-1)
    if (type === 'm') {
      const [, kind] = MEDIA.exec(value) ?? []
      if (kind === undefined) return undefined
      sections.push({ kind: kind as MediaKind, directions: [] })
      continue
    }
    if (type === '' || !(section === undefined ? SESSION_LINES : MEDIA_LINES).includes(type)) return undefined
    if (type !== 'a') continue
    const attribute = ATTRIBUTE.exec(value)
    if (attribute === null) return undefined
    const [, name = '', rest] = attribute
    const direction = DIRECTIONS.find((known) => known === name.toLowerCase())
    if (direction === undefined) continue
    if (direction !== name || rest !== undefined) return undefined
    const directions = section?.directions ?? sessionDirections
    if (directions.length > 0) return undefined
    directions.push(direction)
  }
  if (lines.length < FIRST_LINES.length) return undefined
  return { sections: sections.map(readSection), sdp: `${lines.join('\r\n')}\r\n` }
}

// The direction of the whole session silences nothing: not every browser hears it.
function readSection({ kind, directions }: { kind: MediaKind; directions: readonly string[] }): MediaSection {
  const [direction] = directions
  return { kind, sends: kind === 'application' || direction === undefined || !SILENT.includes(direction) }
}
