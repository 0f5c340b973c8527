import { findElement } from './find-element.ts'

const SHOWN_FOR_MS = 6_000

const element = findElement('status', HTMLParagraphElement)
let timer: ReturnType<typeof setTimeout> | undefined

/** Says something in passing. What goes on stays until something else is said. */
export function say(text: string, { goesOn = false }: { readonly goesOn?: boolean } = {}): void {
  clearTimeout(timer)
  element.textContent = text
  if (!goesOn && text !== '') timer = setTimeout(() => say(''), SHOWN_FOR_MS)
}
