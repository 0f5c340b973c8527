// The advice is that of the documentation, so that it is written once.
const PAGES = import.meta.glob<string>('../../../../docs/refusals/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Part of a sentence: text or code. */
export interface Piece {
  readonly text: string
  readonly isCode: boolean
}

/** Returns the points under "What to do" on the documentation page of a refusal code. */
export function whatToDo(code: string): readonly (readonly Piece[])[] {
  const page = PAGES[`../../../../docs/refusals/${code}.md`] ?? ''
  const [, section = ''] = /^## What to do\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(page) ?? []
  return section
    .trim()
    .split(/^(?:- |\n)/m)
    .map((point) => point.replaceAll(/\s+/g, ' ').trim())
    .filter((point) => point !== '')
    .map(piecesOf)
}

function piecesOf(point: string): readonly Piece[] {
  const withoutLinks = point.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return withoutLinks
    .split('`')
    .map((text, at) => ({ text, isCode: at % 2 === 1 }))
    .filter(({ text }) => text !== '')
}
