import { type MediaSection, type Permissions, readSessionDescription, type Signal } from '@stagedoor/protocol'
import { denied, granted, type Outcome } from '../conversation/outcome.ts'

type Description = Extract<Signal, { description: unknown }>

/**
 * Passes a description on as it was read and judged, never as it came: where a browser reads something into it that is not read
 * here, that is not in it any more. One that cannot be read, or that offers to send what its sender may not publish, is refused.
 */
export function passDescription({ description }: Description, permissions: Permissions): Outcome<Description> {
  const read = readSessionDescription(description.sdp)
  if (read === undefined) return denied('message_malformed')
  if (!read.sections.every((section) => maySend(section, permissions))) return denied('permission_not_granted')
  return granted({ description: { type: description.type, sdp: read.sdp } })
}

// Whether a picture is a camera's or a screen's, no description says.
function maySend({ kind, sends }: MediaSection, { publish }: Permissions): boolean {
  if (!sends) return true
  if (kind === 'video') return publish.includes('video') || publish.includes('screen')
  return publish.includes(kind === 'audio' ? 'audio' : 'data')
}
