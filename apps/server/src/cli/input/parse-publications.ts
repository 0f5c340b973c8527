import { PUBLICATIONS, type Publication } from '@stagedoor/access-token'
import { InvalidArgumentError } from 'commander'

/** Parses a list of kinds of media such as `audio,video`, or `none`. */
export function parsePublications(text: string): readonly Publication[] {
  const kinds = text.split(',').map((kind) => kind.trim())
  if (kinds.every((kind) => kind === 'none' || kind === '')) return []
  if (kinds.every((kind) => PUBLICATIONS.includes(kind as Publication))) return [...new Set(kinds)] as Publication[]
  throw new InvalidArgumentError(`Expected a list of ${PUBLICATIONS.join(', ')}, or none.`)
}
