import { describe, expect, it } from 'vitest'
import { toSitePath } from './pages/point-to-pages.ts'
import { listDocs } from './pages/repository.ts'
import { type Entry, listSidebar } from './sidebar.ts'

function listLinks({ link, items = [] }: Entry): string[] {
  return [...(link === undefined ? [] : [link]), ...items.flatMap(listLinks)]
}

/** As a link of the sidebar has it. */
function toLink(path: string): string {
  return `/${toSitePath(path, 'file')}`.replace(/\.md$/, '').replace(/(^|\/)index$/, '$1')
}

const links = listSidebar().flatMap(listLinks)

describe('the sidebar', () => {
  it('leads to every page of the documentation, and to none twice', () => {
    const pages = listDocs().map(toLink)
    expect(pages.length).toBeGreaterThan(50)
    expect(pages.filter((page) => !links.includes(page))).toEqual([])
    expect(links.filter((link, at) => links.indexOf(link) !== at)).toEqual([])
  })

  it('has no group with an arrow and no page, whose button would be in a button', () => {
    const groups: Entry[] = []
    const visit = (entry: Entry) => {
      if (entry.collapsed !== undefined) groups.push(entry)
      for (const item of entry.items ?? []) visit(item)
    }
    for (const entry of listSidebar()) visit(entry)
    expect(groups.filter(({ link }) => link === undefined)).toEqual([])
  })
})
