import { RefusedError } from '@stagedoor/client'
import { findElement } from './find-element.ts'

const section = findElement('refusal', HTMLElement)

/** Shows why there is no session: the refusal of the platform, or another error. */
export function showRefusal(error: unknown): void {
  const title = document.createElement('h3')
  const message = document.createElement('p')
  title.textContent = error instanceof RefusedError ? 'Couldn’t join' : 'Something went wrong'
  message.textContent = error instanceof Error ? error.message : String(error)
  section.replaceChildren(title, message)
  if (error instanceof RefusedError) section.append(describe(error))
  section.hidden = false
  section.scrollIntoView({ block: 'nearest' })
}

export function hideRefusal(): void {
  section.hidden = true
  section.replaceChildren()
}

function describe({ code, refusalId, docs }: RefusedError): Element {
  const list = document.createElement('dl')
  list.append(...row('Code', code, 'refusal-code'), ...row('Refusal id', refusalId, 'refusal-id'))
  // Only a web page: never a `javascript:` URL.
  if (/^https?:\/\//.test(docs)) {
    const link = document.createElement('a')
    link.href = docs
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
    link.textContent = 'What this means and how to fix it'
    const term = document.createElement('dt')
    term.textContent = 'Read more'
    const detail = document.createElement('dd')
    detail.append(link)
    list.append(term, detail)
  }
  return list
}

function row(name: string, value: string, testId: string): Element[] {
  const term = document.createElement('dt')
  const detail = document.createElement('dd')
  const code = document.createElement('code')
  term.textContent = name
  code.textContent = value
  code.dataset['testid'] = testId
  detail.append(code)
  return [term, detail]
}
