import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import process from 'node:process'
import { type DefaultTheme, defineConfig, type SiteConfig } from 'vitepress'
import { writeLlms } from './llms/write-llms.ts'
import { pointToPages } from './pages/point-to-pages.ts'
import { ROOT, repository, titleOf } from './pages/repository.ts'
import { writePages } from './pages/write-pages.ts'
import { listSidebar } from './sidebar.ts'

const DOCS = join(ROOT, 'docs')
/** The path that the site is served under: it begins and ends with `/`. */
const BASE = process.env['DOCS_BASE'] ?? '/'
const DESCRIPTION =
  'A self-hosted platform of token-authenticated real-time sessions: video, voice, chat and data in the browser, let in by your own back end.'

writePages()
const sidebar = listSidebar()

export default defineConfig({
  title: 'Stagedoor',
  description: DESCRIPTION,
  lang: 'en',
  base: BASE,
  rewrites: (path) => path.replace(/^generated\//, ''),
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${BASE}icon.svg` }]],
  markdown: {
    // As the forges do it, so that a link with an anchor is right here and there.
    anchor: {
      slugify: (heading) =>
        heading
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
          .replaceAll(' ', '-'),
    },
    // Both have 4.5 to 1 on the ground of a block (WCAG 1.4.3).
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    languageAlias: { caddy: 'nginx', console: 'sh' },
  },
  themeConfig: {
    logo: { src: '/icon.svg', alt: '' },
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Reference', link: '/token' },
      { text: 'HTTP API', link: '/http-api/' },
      { text: 'Packages', link: '/packages/' },
    ],
    sidebar: sidebar as DefaultTheme.SidebarItem[],
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    externalLinkIcon: false,
  },
  vite: {
    // The index of the search is one file, which is loaded when somebody looks for something.
    build: { chunkSizeWarningLimit: 2_000 },
    plugins: [
      {
        name: 'stagedoor:links',
        enforce: 'pre',
        // A page may link to any file of the repository, as it does on a forge.
        transform: (text, id) => (isWritten(id) ? pointToPages(text, toRepositoryPath(id), repository) : undefined),
      },
    ],
  },
  buildEnd({ pages, rewrites, outDir, site }: SiteConfig) {
    writeLlms(outDir, {
      title: site.title,
      description: DESCRIPTION,
      base: site.base,
      sidebar,
      pages: pages.map((path) => {
        const file = join(DOCS, path)
        const source = readFileSync(file, 'utf8')
        const text = isWritten(file) ? pointToPages(source, toRepositoryPath(file), repository) : source
        return { path: rewrites.map[path] ?? path, title: titleOf(text), text }
      }),
    })
  },
})

/** By people, in `docs`; what is generated has its links right. */
function isWritten(file: string): boolean {
  const path = relative(DOCS, file)
  return path.endsWith('.md') && !path.startsWith('..') && !path.startsWith('generated')
}

function toRepositoryPath(file: string): string {
  return relative(ROOT, file).split(sep).join('/')
}
