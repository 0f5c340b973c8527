// The pages of the documentation: what is written there is not written twice.
const PAGES = import.meta.glob<string>('../../../../docs/refusals/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** A piece of a sentence: plain, or code. */
export interface Piece {
  readonly text: string
  readonly isCode: boolean
}

/** What the documentation says is to be done about a refusal: its points. */
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
