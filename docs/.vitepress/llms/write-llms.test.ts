import { describe, expect, it } from 'vitest'
import { firstSentence, type Site, writeFull, writeIndex } from './write-llms.ts'

const SITE: Site = {
  title: 'Stagedoor',
  description: 'A platform.',
  base: '/docs/',
  sidebar: [
    {
      text: 'Guides',
      items: [
        { text: 'Second', link: '/b' },
        { text: 'First', link: '/guides/' },
      ],
    },
    { text: 'Packages', link: '/packages/', items: [{ text: 'Second once more', link: '/b' }] },
  ],
  pages: [
    { path: 'a.md', title: 'A', text: '# A\n\nNobody links to it.' },
    { path: 'b.md', title: 'B', text: '# B\n\nThe second. It has more.' },
    { path: 'guides/index.md', title: 'Guides', text: '# Guides\n' },
    { path: 'packages/index.md', title: 'Packages', text: '# Packages\n\nAll of them.' },
  ],
}

describe('llms.txt', () => {
  it('has the form of llmstxt.org: a title, a summary, and the pages in the sections of the sidebar, each once', () => {
    expect(writeIndex(SITE)).toBe(
      [
        '# Stagedoor\n',
        '> A platform.\n',
        '## Guides\n\n- [B](/docs/b.md): The second.\n- [Guides](/docs/guides/index.md)\n',
        '## Packages\n\n- [Packages](/docs/packages/index.md): All of them.\n',
        '## Optional\n\n- [A](/docs/a.md): Nobody links to it.\n',
      ].join('\n'),
    )
  })
})

describe('llms-full.txt', () => {
  it('has every page in the order of the sidebar', () => {
    const addresses = [...writeFull(SITE).matchAll(/^<!-- (.+) -->$/gm)].map(([, address]) => address)
    expect(addresses).toEqual(['/docs/b.md', '/docs/guides/index.md', '/docs/packages/index.md', '/docs/a.md'])
  })
})

describe('the sentence that a page is announced by', () => {
  it.for([
    ['# A\n\nOne. Two.', 'One.'],
    ['# A\n\n> What it says.\n\n## Why\n\nBecause.', 'What it says.'],
    ['[Packages](../index.md) / A\n\n# A\n\nAfter the [heading](b.md).', 'After the heading.'],
    ['# A\n\n```text\na picture.\n```\n\nUnder the picture: more.', 'Under the picture.'],
    ['# A\n\n| a | b |\n| - | - |\n\nUnder\nthe table', 'Under the table'],
    ['# A', ''],
  ] as const)('of %j is %j', ([text, sentence]) => {
    expect(firstSentence(text)).toBe(sentence)
  })
})
