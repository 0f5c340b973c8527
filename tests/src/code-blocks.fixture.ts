import { readFileSync } from 'node:fs'

export interface CodeBlock {
  readonly language: string
  readonly code: string
}

// A block ends with as many ticks as it began with, so that one may show another.
const BLOCK = /^(`{3,})([^\n`]*)\n(.*?)^\1$/gms

/** The text of a page, by its path in this repository. */
export function readPage(page: string): string {
  return readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
}

/** The blocks of code that a page has, in their order. */
export function codeBlocks(page: string): readonly CodeBlock[] {
  return [...readPage(page).matchAll(BLOCK)].map(([, , language = '', code = '']) => ({ language, code }))
}

/** The first block in that language. */
export function codeBlock(page: string, language: string): string {
  const found = codeBlocks(page).find((block) => block.language === language)
  if (found === undefined) throw new Error(`${page} has no block in ${language}`)
  return found.code
}

export function withoutCodeBlocks(text: string): string {
  return text.replaceAll(BLOCK, '')
}
