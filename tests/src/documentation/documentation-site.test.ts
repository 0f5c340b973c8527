import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, posix } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOn } from '../fixtures/axe.fixture.ts'
import { launchBrowser } from '../fixtures/browser.fixture.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const SITE = join(ROOT, 'docs', '.vitepress', 'dist')
// It takes half a minute on two cores that are idle.
const MOST_MS = 120_000
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}
const WIDE = { width: 1280, height: 900 }
const NARROW = { width: 375, height: 800 }
// The home, a concept, a page with wide tables, a refusal, and one of each that is generated.
const PAGES = [
  'index.html',
  'concepts/token.html',
  'running.html',
  'refusals/token_expired.html',
  'http-api/api-keys.html',
  'packages/client/classes/Conversation.html',
]

let server: Server
let url: string
let browser: Browser

beforeAll(async () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'docs.mjs')], {
    encoding: 'utf8',
    timeout: MOST_MS,
    // What is built for a test is not what is read.
    env: { ...process.env, NODE_ENV: 'production' },
  })
  // VitePress fails on a link that leads nowhere, TypeDoc on a docstring that names nothing.
  expect(`${stdout}${status === 0 ? '' : stderr}`).toContain('build complete')
  expect(status).toBe(0)
  server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = join(SITE, path.endsWith('/') ? `${path}index.html` : path)
    const found = existsSync(file)
    response.writeHead(found ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain' })
    response.end(found ? readFileSync(file) : '')
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await launchBrowser()
}, MOST_MS)
afterAll(async () => {
  await browser?.close()
  server?.close()
})

/** Opens a page of the site; `strangers` are the requests that went elsewhere, and what was not there. */
async function open(path: string, options: BrowserContextOptions): Promise<{ page: Page; strangers: string[] }> {
  const page = await (await browser.newContext(options)).newPage()
  const strangers: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) strangers.push(request.url())
  })
  page.on('response', (response) => {
    if (response.status() >= 400) strangers.push(response.url())
  })
  await page.goto(url + path, { waitUntil: 'networkidle' })
  return { page, strangers }
}

function listFiles(folder: string, ending: string): string[] {
  return readdirSync(join(SITE, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(folder, path.split('\\').join('/')))
    .filter((path) => path.endsWith(ending))
}

function read(path: string): string {
  return readFileSync(join(SITE, path), 'utf8')
}

function toText(attribute: string): string {
  return attribute.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&')
}

const attributesOf = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) => toText(value))

/** Where a link of a page leads: a file of the site, and the place in it. */
function follow(link: string, page: string): { readonly file: string; readonly anchor: string } {
  const [path = '', anchor = ''] = link.split('#')
  const file = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(page), path)
  const target = path === '' ? page : file
  return {
    file: decodeURIComponent(target === '' || target.endsWith('/') ? `${target}index.html` : target),
    anchor: decodeURIComponent(anchor),
  }
}

describe('the site of the documentation', () => {
  it('has no link, picture or anchor that leads nowhere', () => {
    const pages = listFiles('', '.html').filter((page) => page !== '404.html')
    const ids = new Map(pages.map((page) => [page, new Set(attributesOf(read(page), 'id'))]))
    const broken: string[] = []
    let followed = 0
    for (const page of pages) {
      const links = new Set([...attributesOf(read(page), 'href'), ...attributesOf(read(page), 'src')])
      for (const link of links) {
        if (/^[a-z][a-z+.-]*:/i.test(link)) continue
        const { file, anchor } = follow(link, page)
        followed++
        const there = existsSync(join(SITE, file)) && (anchor === '' || ids.get(file)?.has(anchor) === true)
        if (!there) broken.push(`${page}: ${link}`)
      }
    }
    expect(pages.length).toBeGreaterThan(150)
    expect(followed).toBeGreaterThan(pages.length)
    expect(broken).toEqual([])
  })

  it('leads from its sidebar to every page that is generated, but for the files of examples, which their pages link to', () => {
    const links = new Set(attributesOf(read('index.html'), 'href').map((link) => follow(link, 'index.html').file))
    const pages = ['packages', 'http-api', 'refusals', 'decisions'].flatMap((folder) => listFiles(folder, '.html'))
    expect(pages.filter((page) => !links.has(page))).toEqual([])
    const linked = new Set(
      listFiles('', '.html').flatMap((page) => attributesOf(read(page), 'href').map((link) => follow(link, page).file)),
    )
    expect(listFiles('', '.html').filter((page) => page !== '404.html' && !linked.has(page))).toEqual([])
  })

  it('tells programs of every page in llms.txt, with links that lead to its Markdown', () => {
    const index = read('llms.txt')
    const [title, summary] = index.split('\n\n')
    expect(title).toBe('# Stagedoor')
    expect(summary).toMatch(/^> \S/)
    const links = [...index.matchAll(/^- \[[^\]]+\]\(\/([^)]+)\)(?:: .+)?$/gm)].map(([, path = '']) => path)
    expect(links.filter((path) => !existsSync(join(SITE, path)))).toEqual([])
    expect(new Set(links).size).toBe(links.length)
    const pages = listFiles('', '.html').filter((page) => page !== '404.html')
    expect(links.sort()).toEqual(pages.map((page) => page.replace(/html$/, 'md')).sort())
  })

  it('has the whole of it in llms-full.txt, and its Markdown links to what is there', () => {
    const full = read('llms-full.txt')
    const pages = listFiles('', '.md')
    expect(pages.filter((page) => !full.includes(read(page).trim()))).toEqual([])
    const broken = pages.flatMap((page) => {
      const text = read(page).replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '')
      const links = [...text.matchAll(/(?<=\])\((?![a-z][a-z+.-]*:|#)([^()\s]+\.md)(?:#[^()\s]*)?\)/gi)]
      return links
        .filter(([, link = '']) => !existsSync(join(SITE, follow(link, page).file)))
        .map(([link]) => `${page}: ${link}`)
    })
    expect(broken).toEqual([])
  })

  it('asks nobody else for anything, and finds "rotate"', async () => {
    const { page, strangers } = await open('index.html', { viewport: WIDE })
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('searchbox').fill('rotate')
    const result = page.getByRole('option').filter({ hasText: 'Rotate a secret' }).first()
    await result.waitFor()
    await result.click()
    await page.waitForURL(/guides\/rotate-a-secret/)
    // The address changes before the page does.
    await page.getByRole('heading', { level: 1, name: 'Rotate a secret' }).waitFor()
    expect(strangers).toEqual([])
  })

  it('holds to WCAG 2.2 AA, light and dark, and no page scrolls sideways on a telephone', {
    timeout: 120_000,
  }, async () => {
    const found: string[] = []
    for (const viewport of [WIDE, NARROW]) {
      for (const path of PAGES) {
        const { page, strangers } = await open(path, { viewport, reducedMotion: 'reduce' })
        for (const colorScheme of ['light', 'dark'] as const) {
          const name = `${path}, ${colorScheme}, ${viewport.width}`
          await page.emulateMedia({ colorScheme })
          await page.locator(colorScheme === 'dark' ? 'html.dark' : 'html:not(.dark)').waitFor()
          // What fades from one colour to another is looked at when it has.
          await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
          for (const violation of await violationsOn(page)) found.push(`${name}: ${violation}`)
        }
        if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) {
          found.push(`${path} scrolls sideways`)
        }
        found.push(...strangers)
        await page.context().close()
      }
    }
    expect(found).toEqual([])
  })

  it('is read without a script too', async () => {
    const { page } = await open('concepts/token.html', { viewport: WIDE, javaScriptEnabled: false })
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Token')
    await page.getByRole('link', { name: 'Why was I refused?' }).first().click()
    expect(new URL(page.url()).pathname).toBe('/refused.html')
  })
})
