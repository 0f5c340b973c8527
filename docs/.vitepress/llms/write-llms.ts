import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Entry } from '../sidebar.ts'

export interface SitePage {
  /** On the site, with `.md`. */
  readonly path: string
  readonly title: string
  /** Its Markdown; its links begin with `/` or are relative to it. */
  readonly text: string
}

export interface Site {
  readonly title: string
  readonly description: string
  /** Ends with `/`. */
  readonly base: string
  readonly sidebar: readonly Entry[]
  readonly pages: readonly SitePage[]
}

/** The index by the form of llmstxt.org: a line for each page, which leads to its Markdown. */
export function writeIndex({ title, description, base, sidebar, pages }: Site): string {
  const byPath = new Map(pages.map((page) => [page.path, page]))
  const line = ({ path, text, title }: SitePage) => {
    const sentence = firstSentence(text)
    return `- [${title}](${base}${path})${sentence === '' ? '' : `: ${sentence}`}`
  }
  const named = new Set<string>()
  const sections = sidebar.map((group) => {
    const lines = listLinks(group).flatMap((link) => {
      const page = byPath.get(toPath(link))
      if (page === undefined || named.has(page.path)) return []
      named.add(page.path)
      return [line(page)]
    })
    return `## ${group.text}\n\n${lines.join('\n')}`
  })
  const rest = pages.filter(({ path }) => !named.has(path)).map(line)
  const optional = rest.length === 0 ? [] : [`## Optional\n\n${rest.join('\n')}`]
  return `${[`# ${title}`, `> ${description}`, ...sections, ...optional].join('\n\n')}\n`
}

/** Every page, one after the other in the order of the sidebar, each under the address that it has. */
export function writeFull({ title, description, base, sidebar, pages }: Site): string {
  const order = sidebar.flatMap(listLinks).map(toPath)
  const place = ({ path }: SitePage) => (order.includes(path) ? order.indexOf(path) : order.length)
  const sorted = [...pages].sort((one, other) => place(one) - place(other))
  const texts = sorted.map(({ path, text }) => `<!-- ${base}${path} -->\n\n${text.trim()}`)
  return `${[`# ${title}`, `> ${description}`, ...texts].join('\n\n')}\n`
}

/** Both, and the Markdown of every page beside what is built of it. */
export function writeLlms(folder: string, site: Site): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const pages = site.pages.map((page) => ({ ...page, text: withBase(page.text, site.base) }))
  for (const { path, text } of pages) write(path, text)
  write('llms.txt', writeIndex({ ...site, pages }))
  write('llms-full.txt', writeFull({ ...site, pages }))
}

/** The first sentence after the heading, without the signs of Markdown. */
export function firstSentence(text: string): string {
  const paragraphs = text
    .slice(Math.max(0, text.search(/^# /m)))
    .replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, '')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
  const first = paragraphs.find((paragraph) => /^[A-Za-z`*_>[]/.test(paragraph)) ?? ''
  const words = first
    .replaceAll(/^> ?/gm, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('**', '')
    .replaceAll(/\s+/g, ' ')
  const [sentence = words] = /^.*?[.?!:](?=\s|$)/.exec(words) ?? []
  return sentence.replace(/:$/, '.')
}

function withBase(text: string, base: string): string {
  return text.replaceAll(/(?<=\])\(\/(?!\/)/g, `(${base}`)
}

function listLinks({ link, items = [] }: Entry): string[] {
  return [...(link === undefined ? [] : [link]), ...items.flatMap(listLinks)]
}

function toPath(link: string): string {
  return `${link.slice(1)}${link.endsWith('/') ? 'index' : ''}.md`
}
