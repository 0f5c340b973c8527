import { posix } from 'node:path'

/** What stands at a path of the repository. */
export type Kind = 'file' | 'folder' | 'nothing'

export interface Repository {
  /** Paths are those of the repository, with `/` and without one at either end. */
  kindOf(path: string): Kind
}

const PICTURE = /\.(png|svg)$/
// A fence is passed over as it is; else what stands between the parentheses of a link.
const FENCE_OR_TARGET = /^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1`*$|(?<=\])\(([^()\s]+)\)/gm

/** Where a file or a folder of the repository stands on the site. */
export function toSitePath(path: string, kind: Exclude<Kind, 'nothing'>): string {
  if (path === 'README.md') return 'readme.md'
  const inSite = path.replace(/^docs(\/|$)/, '')
  if (kind === 'folder') return posix.join(inSite, 'index.md')
  if (posix.basename(path) === 'README.md') return inSite.replace(/README\.md$/, 'index.md')
  // A page that is called `index.html` or `main.js` would be taken for what is built.
  return inSite.endsWith('.md') ? inSite : `${inSite.replace(/\.(\w+)$/, '-$1')}.md`
}

/** The files and folders of the repository that a page links to. */
export function listTargets(text: string, from: string, repository: Repository): string[] {
  const targets = [...text.matchAll(FENCE_OR_TARGET)].flatMap(([, , target]) =>
    target === undefined ? [] : [resolve(target, from)?.path ?? ''],
  )
  return targets.filter((path) => path !== '' && repository.kindOf(path) !== 'nothing')
}

/** A page of the repository with its links as they are on the site. What leads nowhere stays, so that the build complains of it. */
export function pointToPages(text: string, from: string, repository: Repository): string {
  return text.replace(FENCE_OR_TARGET, (whole: string, _fence: string | undefined, target: string | undefined) => {
    const found = target === undefined ? undefined : resolve(target, from)
    if (found === undefined) return whole
    const kind = repository.kindOf(found.path)
    return kind === 'nothing' ? whole : `(/${toSitePath(found.path, kind)}${found.hash})`
  })
}

function resolve(target: string, from: string): { readonly path: string; readonly hash: string } | undefined {
  if (/^([a-z][a-z+.-]*:|#|\/)/i.test(target) || PICTURE.test(target)) return undefined
  const [address = '', hash] = target.split('#', 2)
  const path = posix.join(posix.dirname(from), decodeURIComponent(address)).replace(/\/$/, '')
  return { path, hash: hash === undefined ? '' : `#${hash}` }
}
