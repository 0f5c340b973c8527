import process from 'node:process'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { framesDecoded } from '../fixtures/browser.fixture.ts'
import { Dashboard, OWNER } from '../fixtures/dashboard.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import { findCommand, PHP, PYTHON, type Runner, reportMissing, runProgram } from '../tokens/languages.fixture.ts'

const PATIENCE = { timeout: 30_000, interval: 250 }
const TWO_MINUTES_MS = 120_000

const dashboard = Dashboard.forTests({ isSetUp: false })

/** What reads each code block from standard input. */
const RUN: Readonly<Record<string, readonly Runner[]>> = {
  'Node.js': [{ command: [process.execPath, '--input-type=module'], probe: [process.execPath, '--version'] }],
  Python: PYTHON,
  PHP,
  Go: [{ command: ['sh', '-c', 'cd "$(mktemp -d)" && cat >main.go && go run main.go'], probe: ['go', 'version'] }],
  curl: [{ command: ['sh'], probe: ['curl', '--version'] }],
}

it('from the link of the first start to a call of two, within two minutes', async () => {
  const started = Date.now()
  const page = await (await dashboard.newBrowser()).newPage()
  await page.goto(dashboard.setUpLink)
  await page.getByLabel('Your name').fill(OWNER.name)
  await page.getByLabel('Email address').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Create account' }).click()

  await page.getByLabel('Name').fill('Shop')
  await page.getByRole('button', { name: 'Create API key' }).click()
  const { apiKey, secret } = await readSecret(page)
  dashboard.watch.keepSecret(secret)

  const environment = { API_KEY: apiKey, SECRET: secret, STAGEDOOR_TOKEN: await makePersonalToken(page, apiKey) }
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click()
    const language = await tab.innerText()
    const code = await page.getByRole('region', { name: `Code in ${language}` }).innerText()
    const token = await run(language, code, environment)
    if (token === undefined) continue
    const { client, answer } = await register(dashboard.url, apiKey, 'alice', token)
    expect([language, answer.type]).toEqual([language, 'registered'])
    client.socket.close(1000)
  }

  await page.getByText('No one is in the call yet').waitFor()
  const [alice, bob] = [await joinAs(page, 'alice'), await joinAs(page, 'bob')]
  for (const person of [alice, bob]) await expect.poll(() => framesDecoded(person), PATIENCE).toBeGreaterThan(10)
  await page.getByText('Your call works').waitFor()
  expect(Date.now() - started).toBeLessThan(TWO_MINUTES_MS)

  await page.getByRole('link', { name: 'View live sessions' }).click()
  const sessions = page.getByRole('region', { name: 'Live sessions' })
  for (const name of ['alice', 'bob']) await sessions.getByRole('button', { name }).waitFor()
}, 120_000)

it('the link of the first start works once', async () => {
  const page = await (await dashboard.newBrowser()).newPage()
  await page.goto(dashboard.setUpLink)
  await page.getByLabel('Your name').fill('Somebody Else')
  await page.getByLabel('Email address').fill('else@example.com')
  await page.getByLabel('Password', { exact: true }).fill('a sentence of somebody else')
  dashboard.watch.tolerate(/^403 POST \/api\/v1\/setup$/)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect.poll(() => page.getByRole('alert').innerText()).toContain('not valid, or was used')
})

async function readSecret(page: Page) {
  const lines = await page.getByTestId('secret-once').innerText()
  const { API_KEY: apiKey = '', SECRET: secret = '' } = Object.fromEntries(
    lines.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
  return { apiKey, secret }
}

/** What the code in curl needs: a back end without a library has one of these. */
async function makePersonalToken(page: Page, apiKey: string): Promise<string> {
  const answer = await page.request.post('/api/v1/me/tokens', {
    data: { name: 'back end', rights: ['tokens:mint'], apiKey },
    headers: { origin: dashboard.url },
  })
  const { secret } = await answer.json()
  dashboard.watch.keepSecret(secret)
  return secret
}

/** Runs a code block as it is shown, and answers the token that it prints; undefined where this machine cannot run it. */
async function run(language: string, code: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const runners = RUN[language]
  if (runners === undefined) throw new Error(`Nobody has said how to run ${language}`)
  const command = findCommand(runners)
  if (command === undefined) {
    reportMissing(`The code of the dashboard in ${language}`, runners)
    return undefined
  }
  const { stdout: printed, stderr: complained } = await runProgram(command, environment, code)
  const token = printed.startsWith('{') ? JSON.parse(printed).token : printed.trim()
  if (!token) throw new Error(`The code in ${language} printed no token: ${complained.slice(0, 500)}`)
  dashboard.watch.keepSecret(token)
  return token
}

async function joinAs(page: Page, name: string): Promise<Page> {
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: `Join as ${name}` }).click(),
  ])
  // The link names the user, so that one click is enough.
  await expect.poll(() => tab.getByTestId('join').innerText()).toBe(`Join as ${name}`)
  await tab.getByTestId('join').click()
  await tab.getByTestId('leave').waitFor()
  return tab
}
