import { describe, expect, it } from 'vitest'
import { listTargets, pointToPages, type Repository, toSitePath } from './point-to-pages.ts'

const FOLDERS = ['docs/refusals', 'examples/mint', 'examples/express']
const FILES = ['README.md', 'LICENSE', 'docs/token.md', 'docs/guides/moderate.md', 'examples/mint/go/mint.go']
const repository: Repository = {
  kindOf: (path) => (FOLDERS.includes(path) ? 'folder' : FILES.includes(path) ? 'file' : 'nothing'),
}
const point = (text: string, from = 'docs/guides/moderate.md') => pointToPages(text, from, repository)

describe('a link of a page', () => {
  it('to another page leads to that page on the site, anchor and all', () => {
    expect(point('[it](../token.md)')).toBe('[it](/token.md)')
    expect(point('[it](../token.md#header)')).toBe('[it](/token.md#header)')
  })

  it('to a file or a folder outside of the documentation leads to the page of it', () => {
    expect(point('[a](../../README.md#mint) and [b](../../LICENSE)')).toBe('[a](/readme.md#mint) and [b](/LICENSE.md)')
    expect(point('[mint](../../examples/mint/)')).toBe('[mint](/examples/mint/index.md)')
    expect(point('[mint](go/mint.go)', 'examples/mint/README.md')).toBe('[mint](/examples/mint/go/mint-go.md)')
  })

  it('to a folder of the documentation leads to the list of what is in it', () => {
    expect(point('[codes](../refusals)')).toBe('[codes](/refusals/index.md)')
  })

  it('to elsewhere, to an anchor of its own page and to a picture stays as it is', () => {
    const text = '[a](https://shop.example/token.md) [b](#who) [c](mailto:a@shop.example) ![d](../screenshots/live.png)'
    expect(point(text)).toBe(text)
  })

  it('to nothing stays as it is, so that the build complains of it', () => {
    expect(point('[gone](../gone.md) and [out](../../../token.md)')).toBe(
      '[gone](../gone.md) and [out](../../../token.md)',
    )
  })

  it('in a block of code is no link', () => {
    const text = '```text\n[it](../token.md)\n```\n\n````sh\n```\n[it](../token.md)\n````'
    expect(point(text)).toBe(text)
  })
})

describe('what a page links to', () => {
  it('is listed once for each link, and what is not there is left out', () => {
    const text = '[a](../token.md#x) [b](../../LICENSE) [c](https://shop.example) [d](gone.md) [e](#here)'
    expect(listTargets(text, 'docs/guides/moderate.md', repository)).toEqual(['docs/token.md', 'LICENSE'])
  })
})

describe('the place of a page on the site', () => {
  it('is the same for what explains a folder as for the folder', () => {
    expect(toSitePath('examples/mint/README.md', 'file')).toBe(toSitePath('examples/mint', 'folder'))
  })

  it('ends like a page even where the file is one of code', () => {
    expect(toSitePath('examples/vanilla/page/index.html', 'file')).toBe('examples/vanilla/page/index-html.md')
  })
})
