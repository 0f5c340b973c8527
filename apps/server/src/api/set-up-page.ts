import type { FastifyInstance } from 'fastify'
import { MIN_PASSWORD_LENGTH } from '../account/password.ts'
import { page, STYLE, STYLE_PATH } from './page.ts'

export const SET_UP_PATH = '/setup'

const FORM = `
<h1>Set up Stagedoor</h1>
<p>Make the account of the owner. It may do everything: make API keys, set policies, and let others in.</p>
<form>
  <label>Your name <input name="name" autocomplete="name" required maxlength="100"></label>
  <label>Email address, to log in with <input name="email" type="email" autocomplete="username" required></label>
  <label>Password, of ${MIN_PASSWORD_LENGTH} characters or more: a sentence does well
    <input name="password" type="password" autocomplete="new-password" required minlength="${MIN_PASSWORD_LENGTH}"></label>
  <p role="alert"></p>
  <button>Make the account</button>
</form>`

// The code stands behind the # of the link, which a browser sends to nobody.
const SCRIPT = `
const form = document.querySelector('form')
const alert = document.querySelector('[role=alert]')
const code = location.hash.slice(1)
if (code === '') alert.textContent = 'This link is not whole. Take the one that the platform printed when it started.'
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  alert.textContent = ''
  const body = JSON.stringify({ code, ...Object.fromEntries(new FormData(form)) })
  const answer = await fetch('/api/v1/setup', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const account = await answer.json()
  if (!answer.ok) {
    alert.textContent = account.errors?.map(({ field, message }) => field + ': ' + message).join('. ') ?? account.detail
    return
  }
  history.replaceState(null, '', location.pathname)
  document.querySelector('main').replaceChildren(
    Object.assign(document.createElement('h1'), { textContent: 'Welcome, ' + account.name }),
    Object.assign(document.createElement('p'), { textContent: 'You are logged in on this browser. What there is to do:' }),
    Object.assign(document.createElement('a'), { href: '/api/v1/', textContent: 'the API' }),
  )
})
`

/** `GET /setup`: where the link leads that is printed at the first start; and the style of all pages. */
export function serveSetUpPage(http: FastifyInstance): void {
  http.get(STYLE_PATH, async (_request, reply) => reply.type('text/css').send(STYLE))
  http.get(SET_UP_PATH, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(page('Set up', FORM, { narrow: true, head: `<script type="module" src="${SET_UP_PATH}.js"></script>\n` })),
  )
  http.get(`${SET_UP_PATH}.js`, async (_request, reply) => reply.type('text/javascript').send(SCRIPT))
}
