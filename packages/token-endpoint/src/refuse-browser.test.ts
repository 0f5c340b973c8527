import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

describe('a page that bundles the endpoint', () => {
  it('throws when it is loaded, and says what to do', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: "import { createTokenEndpoint } from './refuse-browser.ts'\ncreateTokenEndpoint({})",
        resolveDir: fileURLToPath(new URL('.', import.meta.url)),
        loader: 'ts',
      },
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'esm',
    })
    const page = `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`
    await expect(import(/* @vite-ignore */ page)).rejects.toThrow('was loaded into a page')
  })

  it('gets that module, and a back end gets the endpoint, on every runtime', () => {
    const { browser, node, workerd, deno, bun } = manifest.exports['.']
    expect(browser).toBe('./dist/refuse-browser.js')
    expect(new Set([node, workerd, deno, bun, manifest.exports['.']['edge-light']])).toEqual(
      new Set(['./dist/index.js']),
    )
    // The first match wins, and some runtimes that are not browsers match "browser" too.
    expect(Object.keys(manifest.exports['.']).slice(-2)).toEqual(['browser', 'default'])
  })
})
