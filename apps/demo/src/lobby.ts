import { findElement } from './find-element.ts'
import { hideRefusal } from './show-refusal.ts'

export interface Entry {
  readonly name: string
  readonly conversation: string
  /** The API key that the dashboard has opened the page for: whoever is logged in there mints for it. */
  readonly mintedFor: string | undefined
  /** What the visitor brought along; otherwise the platform is asked for a token. */
  readonly own: { readonly apiKey: string; readonly id: string; readonly token: string } | undefined
}

const lobby = findElement('lobby', HTMLElement)
const form = findElement('join-form', HTMLFormElement)
const button = findElement('join', HTMLButtonElement)
const fields = {
  name: findElement('name', HTMLInputElement),
  conversation: findElement('conversation', HTMLInputElement),
  apiKey: findElement('api-key', HTMLInputElement),
  userId: findElement('user-id', HTMLInputElement),
  token: findElement('token', HTMLTextAreaElement),
}

// What the address asks for. It never holds a token.
const asked = new URLSearchParams(location.search)

/** Calls `enter` with what the visitor filled in; meanwhile the form waits. */
export function openLobby(enter: (entry: Entry) => Promise<void>): void {
  fields.conversation.value = asked.get('conversation') ?? suggestConversation()
  fields.name.value = asked.get('name') ?? ''
  for (const field of Object.values(fields)) field.addEventListener('input', () => complain(field, ''))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    hideRefusal()
    const entry = readEntry()
    if (entry === undefined || button.disabled) return
    button.disabled = true
    button.textContent = 'Joining…'
    try {
      await enter(entry)
    } finally {
      button.disabled = false
      button.textContent = 'Join'
    }
  })
}

export function showLobby(visible: boolean): void {
  lobby.hidden = !visible
  if (visible) fields.name.focus()
}

function readEntry(): Entry | undefined {
  const [name, conversation] = [fields.name.value.trim(), fields.conversation.value.trim()]
  const [apiKey, id, token] = [fields.apiKey.value.trim(), fields.userId.value.trim(), fields.token.value.trim()]
  const bringsOwn = token !== '' || apiKey !== '' || id !== ''
  const missing = [
    require(fields.name, name !== '', 'Give a name that the others see.'),
    require(fields.conversation, conversation !== '', 'Give the conversation a name.') &&
      require(fields.conversation, !conversation.includes('*'), 'The name of a conversation has no "*".'),
    require(fields.apiKey, !bringsOwn || apiKey !== '', 'Give the API key that the token is for.'),
    require(fields.userId, !bringsOwn || id !== '', 'Give the user id that the token is for.'),
  ]
  if (missing.includes(false)) {
    form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    return undefined
  }
  return {
    name,
    conversation,
    mintedFor: asked.get('key') ?? undefined,
    own: bringsOwn ? { apiKey, id, token } : undefined,
  }
}

function require(field: HTMLInputElement, holds: boolean, complaint: string): boolean {
  complain(field, holds ? '' : complaint)
  return holds
}

function complain(field: HTMLElement, complaint: string): void {
  const error = document.getElementById(`${field.id}-error`)
  if (error === null) return
  error.textContent = complaint
  error.hidden = complaint === ''
  field.setAttribute('aria-invalid', String(complaint !== ''))
}

/** A name that nobody else has by chance. */
function suggestConversation(): string {
  const letters = crypto.getRandomValues(new Uint8Array(6))
  return `call-${[...letters].map((byte) => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31]).join('')}`
}
