import { findElement } from './find-element.ts'
import { hideRefusal } from './show-refusal.ts'

export interface Entry {
  readonly name: string
  readonly conversation: string
  /** The API key that the dashboard opened the page for. Its login mints the token. */
  readonly mintedFor: string | undefined
  /** The user's own token; without one, the platform is asked for a token. */
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

// The URL can preset fields. It never contains a token.
const asked = new URLSearchParams(location.search)

/** Calls `enter` with the form's values. The form is disabled until it settles. */
export function openLobby(enter: (entry: Entry) => Promise<void>): void {
  fields.conversation.value = asked.get('conversation') ?? suggestConversation()
  fields.name.value = asked.get('name') ?? ''
  fields.name.addEventListener('input', () => {
    button.textContent = joinLabel()
  })
  if (isComplete()) button.focus()
  button.textContent = joinLabel()
  for (const field of Object.values(fields)) field.addEventListener('input', () => showFieldError(field, ''))
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
      button.textContent = joinLabel()
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
  const usesOwn = token !== '' || apiKey !== '' || id !== ''
  const missing = [
    require(fields.name, name !== '', 'Enter a name for others to see.'),
    require(fields.conversation, conversation !== '', 'Enter a conversation.') &&
      require(fields.conversation, !conversation.includes('*'), 'A conversation can’t contain "*".'),
    require(fields.apiKey, !usesOwn || apiKey !== '', 'Enter the API key of the token.'),
    require(fields.userId, !usesOwn || id !== '', 'Enter the user id of the token.'),
  ]
  if (missing.includes(false)) {
    form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    return undefined
  }
  return {
    name,
    conversation,
    mintedFor: asked.get('key') ?? undefined,
    own: usesOwn ? { apiKey, id, token } : undefined,
  }
}

function require(field: HTMLInputElement, holds: boolean, message: string): boolean {
  showFieldError(field, holds ? '' : message)
  return holds
}

function showFieldError(field: HTMLElement, message: string): void {
  const error = document.getElementById(`${field.id}-error`)
  if (error === null) return
  error.textContent = message
  error.hidden = message === ''
  field.setAttribute('aria-invalid', String(message !== ''))
}

/** Whether the link names the conversation and the user, so that joining takes one click. */
function isComplete(): boolean {
  return asked.has('conversation') && fields.name.value.trim() !== ''
}

function joinLabel(): string {
  const name = fields.name.value.trim()
  return name === '' ? 'Join' : `Join as ${name}`
}

/** Returns a random name, so that strangers do not meet by accident. */
function suggestConversation(): string {
  const letters = crypto.getRandomValues(new Uint8Array(6))
  return `call-${[...letters].map((byte) => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31]).join('')}`
}
