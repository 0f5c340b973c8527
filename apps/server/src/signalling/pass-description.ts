import { type MediaSection, type Permissions, readSessionDescription, type Signal } from '@stagedoor/protocol'
import { denied, granted, type Outcome } from '../conversation/outcome.ts'

type Description = Extract<Signal, { description: unknown }>

/**
 * Relays a description as it was parsed and checked, never as it arrived, so anything that only a browser would read in it is gone. A
 * description that cannot be parsed, or that offers to send what its sender may not publish, is refused.
 */
export function passDescription({ description }: Description, permissions: Permissions): Outcome<Description> {
  const read = readSessionDescription(description.sdp)
  if (read === undefined) return denied('message_malformed')
  if (!read.sections.every((section) => maySend(section, permissions))) return denied('permission_not_granted')
  return granted({ description: { type: description.type, sdp: read.sdp } })
}

// A description does not say whether video is from a camera or a screen.
function maySend({ kind, sends }: MediaSection, { publish }: Permissions): boolean {
  if (!sends) return true
  if (kind === 'video') return publish.includes('video') || publish.includes('screen')
  return publish.includes(kind === 'audio' ? 'audio' : 'data')
}
