import { findElement } from './find-element.ts'

const SHOWN_FOR_MS = 6_000

const element = findElement('status', HTMLParagraphElement)
let timer: ReturnType<typeof setTimeout> | undefined

/** Shows a short message. It disappears by itself, or with `stays` when the next one replaces it. */
export function say(text: string, { stays = false }: { readonly stays?: boolean } = {}): void {
  clearTimeout(timer)
  element.textContent = text
  if (!stays && text !== '') timer = setTimeout(() => say(''), SHOWN_FOR_MS)
}
