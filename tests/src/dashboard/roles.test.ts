import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Dashboard } from '../fixtures/dashboard.fixture.ts'
import { DEVELOPER, type Seeded, seed, VIEWER } from '../fixtures/seed.fixture.ts'

const dashboard = Dashboard.forTests()
let operations: Seeded

beforeAll(async () => {
  operations = await seed(dashboard)
})
afterAll(() => {
  for (const { socket } of operations.sessions) socket.terminate()
})

/** The pages that the navigation leads each of them to, beside that of their own account. */
const SEEN = {
  viewer: [
    'Overview',
    'Live',
    'Refusals',
    'Revocations',
    'Policy',
    'Authentication',
    'Token workbench',
    'Credentials',
    'Health',
  ],
  developer: [
    'Overview',
    'Live',
    'Refusals',
    'Revocations',
    'Policy',
    'Authentication',
    'Token workbench',
    'Webhooks',
    'Credentials',
    'Health',
  ],
} as const
const PERSON = { viewer: VIEWER, developer: DEVELOPER } as const

/** What does not belong to a page itself, or leads out of it for good. */
const NOT_PRESSED = /^(Account of|Switch to|Menu$|Copy|Copied|Save as|Cancel|Close$|Log out)/
/** Buttons that are enabled only after input. */
const WAITS_FOR_WORDS = ['Send', 'Mint and check']
/** What is written where nothing is; filters stay empty, since they would take what can be pressed away. */
const WORDS = 'something'
/** What a press may open: what is in there is pressed too. */
const OPENED = '[role="dialog"], [role="menu"]'

it.each(['viewer', 'developer'] as const)(
  'a %s sees the pages that they may, and no button of any is refused',
  async (role) => {
    const page = await dashboard.logIn(`/keys/${operations.shop.apiKey}/live`, PERSON[role])
    const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link')
    await links.filter({ hasText: 'Health' }).waitFor()
    expect(await links.allInnerTexts()).toEqual(SEEN[role])

    // The watch fails this test at every answer of 403; what else a press is answered, with words like these, is of no interest.
    dashboard.watch.tolerate(/^(400|404|409|412|422) /)
    const pressed: string[] = []
    const places = new Set(['conversation', 'conversations', 'refusal', 'account'])
    const paths = [...operations.pages].filter(([name]) => places.has(name)).map(([, path]) => path)
    for (const link of await links.all()) paths.push(String(await link.getAttribute('href')).replace('/dashboard', ''))
    for (const path of paths) pressed.push(...(await pressAll(page, path)))
    const changes = pressed.filter((name) =>
      /^(Create\b|Add s|Add$|Retire|Revoke(?!d)|Eject|Close|Mute|Turn off|Send|Mint)/.test(name),
    )
    // Of what can be made, a viewer has tokens of their own.
    if (role === 'viewer') expect(changes).toEqual(['Create'])
    else
      expect(changes).toEqual(expect.arrayContaining(WAITS_FOR_WORDS.concat('Create new secret', 'Retire', 'Revoke…')))
  },
  120_000,
)

/** Writes something into every field of a page, presses every button, and every one in what those open. Answers their names. */
async function pressAll(page: Page, path: string): Promise<string[]> {
  const pressed: string[] = []
  // By what each button is in: the page, or what the button before has opened.
  const open = async (...steps: readonly (readonly [within: string, name: string])[]) => {
    if (steps.length > 1 || !(await isAsItWas(page, path))) await dashboard.goTo(page, path)
    for (const [within, name] of steps) {
      if (!(await press(page, within, name))) return false
    }
    return true
  }
  await dashboard.goTo(page, path)
  const names = await namesIn(page, 'main')
  for (const name of names) {
    if (!(await open(['main', name]))) continue
    pressed.push(name)
    const within = (await isAsItWas(page, path)) ? 'main' : OPENED
    for (const inner of await namesIn(page, within)) {
      if (within === 'main' && names.includes(inner)) continue
      if (!(await open(['main', name], [within, inner]))) continue
      pressed.push(inner)
      for (const innermost of await namesIn(page, OPENED)) {
        if (innermost !== inner && (await open(['main', name], [within, inner], [OPENED, innermost])))
          pressed.push(innermost)
      }
    }
  }
  return pressed
}

async function isAsItWas(page: Page, path: string): Promise<boolean> {
  return page.url().endsWith(path) && (await page.locator(OPENED).filter({ visible: true }).count()) === 0
}

/** The buttons that can be pressed in the last of what a selector finds; one of those that are alike for each row. */
async function namesIn(page: Page, within: string): Promise<string[]> {
  await page.evaluate(fillIn, [within, WORDS] as const)
  const names = await page.evaluate(namesOfButtons, within)
  const alike = new Map<string, string>()
  for (const name of names) {
    const kind = name.replace(/alice|bob|carol|kid_\w+/, '…')
    if (!NOT_PRESSED.test(name) && !alike.has(kind)) alike.set(kind, name)
  }
  return [...alike.values()]
}

async function press(page: Page, within: string, name: string): Promise<boolean> {
  await page.evaluate(fillIn, [within, WORDS] as const)
  if (!(await page.evaluate(namesOfButtons, within)).includes(name)) return false
  await page
    .locator(`[data-name=${JSON.stringify(name)}]`)
    .first()
    .click({ timeout: 2_000 })
  // What is asked of the API by it is answered, or what it opens is there.
  await page.waitForTimeout(100)
  return true
}

/** Runs in the page: names the buttons, so that they are found by their names. */
function namesOfButtons(within: string): string[] {
  const isVisible = (element: Element) => element.checkVisibility({ visibilityProperty: true })
  for (const named of document.querySelectorAll('[data-name]')) named.removeAttribute('data-name')
  const inner = [...document.querySelectorAll(within)].filter(isVisible).at(-1)
  const buttons =
    inner?.querySelectorAll<HTMLElement>('button:enabled:not([class*="Stepper"]), [role="menuitem"], [role="tab"]') ??
    []
  return [...buttons].filter(isVisible).flatMap((button) => {
    const name = (button.getAttribute('aria-label') ?? button.textContent).trim()
    if (name === '') return []
    button.dataset['name'] = name
    return [name]
  })
}

/** Runs in the page: writes into every empty field of the last of what a selector finds, as somebody would who types. */
async function fillIn([within, words]: readonly [string, string]): Promise<void> {
  const isVisible = (element: Element) => element.checkVisibility({ visibilityProperty: true })
  const inner = [...document.querySelectorAll(within)].filter(isVisible).at(-1)
  const fields = inner?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'textarea:enabled, input:enabled:is([type="text"], [type="email"], :not([type])):not([name="origin"], [role="combobox"], [aria-haspopup])',
  )
  for (const field of fields ?? []) {
    if (!isVisible(field) || field.readOnly || field.value !== '') continue
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value') ?? {}
    set?.call(field, words)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  // What waits for it can be pressed when the page has been drawn again.
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
}
