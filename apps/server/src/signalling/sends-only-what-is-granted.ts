import type { Permissions } from '@stagedoor/protocol'

const SILENT_DIRECTIONS = ['a=recvonly', 'a=inactive']
const DIRECTIONS = [...SILENT_DIRECTIONS, 'a=sendrecv', 'a=sendonly']

/**
 * Whether a session description offers to send no kind of media that its sender may not publish. Each media section says
 * its kind in its first line and its direction in an attribute, `sendrecv` where there is none (RFC 8866 section 6.7).
 */
export function sendsOnlyWhatIsGranted(sdp: string, { publish }: Permissions): boolean {
  const sections: string[][] = []
  // Browsers end lines at a line feed alone; whoever would split otherwise could be shown another description.
  for (const line of sdp.split('\n')) {
    if (line.startsWith('m=')) sections.push([])
    sections.at(-1)?.push(line.trimEnd())
  }
  return sections.every(([opening = '', ...attributes]) => isSilent(attributes) || isGranted(opening, publish))
}

function isSilent(attributes: readonly string[]): boolean {
  const directions = attributes.filter((attribute) => DIRECTIONS.includes(attribute))
  return directions.length > 0 && directions.every((direction) => SILENT_DIRECTIONS.includes(direction))
}

function isGranted(opening: string, publish: Permissions['publish']): boolean {
  if (opening.startsWith('m=audio ')) return publish.includes('audio')
  if (opening.startsWith('m=video ')) return publish.includes('video') || publish.includes('screen')
  return true
}
