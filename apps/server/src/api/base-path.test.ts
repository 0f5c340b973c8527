import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { BasePathError } from '../public-url.ts'
import { serveDashboard } from './dashboard.ts'
import { createHttp } from './http.ts'
import { page, serveStyle } from './page.ts'
import { redirectToFolder } from './redirect-to-folder.ts'

async function openUnder(basePath: string) {
  const http = await createHttp([], basePath)
  onTestFinished(() => http.close())
  http.get('/livez', async () => ({ ok: true }))
  http.get('/', async (_request, reply) => reply.redirect(`${basePath}/dashboard/`))
  const statusOf = async (path: string) => (await http.inject(path)).statusCode
  return { http, statusOf }
}

it.each(['/rtc', '/a/b'])('a route can be reached with and without the base path %s', async (basePath) => {
  const { statusOf } = await openUnder(basePath)
  expect([await statusOf(`${basePath}/livez`), await statusOf('/livez')]).toEqual([200, 200])
})

it('a path that only looks like the base path reaches nothing', async () => {
  const { statusOf } = await openUnder('/rtc')
  for (const path of ['/rtcx/livez', '/RTC/livez', '//rtc/livez', '/%72tc/livez', '/x/rtc/livez', '/rtc/rtc/livez']) {
    expect([path, await statusOf(path)]).toEqual([path, 404])
  }
})

it('the base path alone redirects to the folder, with its query, and never to another host', async () => {
  const { http } = await openUnder('/rtc')
  redirectToFolder(http, '/demo', '/rtc')
  const locationOf = async (path: string) => (await http.inject(path)).headers['location']
  expect(await locationOf('/rtc')).toBe('/rtc/')
  expect(await locationOf('/rtc?a=b')).toBe('/rtc/?a=b')
  expect(await locationOf('/rtc/')).toBe('/rtc/dashboard/')
  expect(await locationOf('/rtc//evil.example')).toBeUndefined()
  expect(await locationOf('/demo?conversation=lobby')).toBe('/rtc/demo/?conversation=lobby')
})

it.each(['/livez', '/livez/rtc', '/v1', '/v1/gate'])('the base path %s is refused at startup', async (basePath) => {
  await expect(openUnder(basePath)).rejects.toThrow(BasePathError)
})

it('pages refer to their style and their files under the base path', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-base-path-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets', 'a.js'), 'export {}')
  writeFileSync(
    join(folder, 'index.html'),
    '<meta name="base-path" content="__BASE_PATH__"><script src="__BASE_PATH__/dashboard/assets/a.js"></script>',
  )
  const { http, statusOf } = await openUnder('/rtc')
  await serveDashboard(http, '/rtc', folder)
  serveStyle(http)
  const { body } = await http.inject('/rtc/dashboard/keys/abc')
  expect(body).toBe('<meta name="base-path" content="/rtc"><script src="/rtc/dashboard/assets/a.js"></script>')
  expect(await statusOf('/rtc/dashboard/assets/a.js')).toBe(200)
  expect((await http.inject('/dashboard')).headers['location']).toBe('/rtc/dashboard/')

  const [, style = ''] = /rel="stylesheet" href="([^"]+)"/.exec(page('Title', '', { basePath: '/rtc' })) ?? []
  expect(style).toBe('/rtc/style.css')
  expect(await statusOf(style)).toBe(200)
})
