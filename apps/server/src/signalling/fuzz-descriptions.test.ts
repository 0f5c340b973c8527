import type { Publication } from '@stagedoor/protocol'
import { expect, it } from 'vitest'
import { passDescription } from './pass-description.ts'

const DESCRIPTIONS = 100_000
const MOST_MUTATIONS = 4

const HEAD = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1 2']
const SECTIONS = ['audio', 'video', 'application'].map((kind) => [
  `m=${kind} 9 UDP/TLS/RTP/SAVPF 111 96`,
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  'a=recvonly',
  'a=rtpmap:111 opus/48000/2',
])
const PIECES = [
  '\r',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '\0',
  '\u0085',
  '\u2028',
  ':',
  '=',
  'a=',
  'm=',
  'x',
  'A',
  '\ufeff',
  '\u00a0',
]
const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive', 'SENDRECV', 'sendrecv:x', 'sendrecv x', ' sendonly']
const MEDIA = [
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'm=VIDEO 9 X 96',
  'm=audio 0 X 0',
  'm= video 9 X 0',
  'm=application 9 X y',
]

/** Random numbers that are the same in each run (mulberry32). */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const random = createRandom(13)
const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T

function mutate(sdp: string): string {
  const at = random(sdp.length + 1)
  const lines = sdp.split('\r\n')
  const line = random(lines.length)
  switch (random(7)) {
    case 0:
      return sdp.slice(0, at) + pick(PIECES) + sdp.slice(at)
    case 1:
      return sdp.slice(0, at) + sdp.slice(at + 1 + random(3))
    case 2:
      return lines.toSpliced(line, 0, `a=${pick(DIRECTIONS)}`).join('\r\n')
    case 3:
      return lines.toSpliced(line, 1).join('\r\n')
    case 4:
      return lines.toSpliced(line, 0, pick(MEDIA)).join('\r\n')
    case 5:
      return sdp.replace('recvonly', pick(DIRECTIONS))
    default:
      return lines.toSpliced(line, 1, `${pick(lines)}${pick(PIECES)}${pick(lines)}`).join('\r\n')
  }
}

/**
 * Whether the most lenient reader could conclude that a kind is sent: any line end counts, spaces and capitals do not matter, and a sending
 * direction wins over others.
 */
function mightSend(sdp: string, publish: readonly Publication[]): boolean {
  const rights = {
    audio: publish.includes('audio'),
    video: publish.includes('video'),
    application: publish.includes('data'),
  }
  const lines = sdp.split(/[\r\n\0\u0085\u2028\u2029]/).map((line) => line.replace(/[\s\ufeff]/g, '').toLowerCase())
  const sections: { right: boolean; sends: boolean; silent: boolean }[] = []
  for (const line of lines) {
    const [, kind] = /^m=(audio|video|application)/.exec(line) ?? []
    if (kind !== undefined) {
      sections.push({ right: rights[kind as keyof typeof rights], sends: kind === 'application', silent: false })
    } else if (line.startsWith('m=')) {
      sections.push({ right: false, sends: true, silent: false })
    }
    const section = sections.at(-1)
    if (section === undefined) continue
    if (/^a=send(recv|only)/.test(line)) section.sends = true
    if (/^a=(recvonly|inactive)$/.test(line)) section.silent = true
  }
  return sections.some(({ right, sends, silent }) => !right && (sends || !silent))
}

it(`none of ${DESCRIPTIONS} mutated descriptions is relayed if any reader could see more in it than is granted`, () => {
  let passed = 0
  for (let count = 0; count < DESCRIPTIONS; count++) {
    const sections = SECTIONS.slice(0, 1 + random(3))
    let sdp = `${[...HEAD, ...sections.flat()].join('\r\n')}\r\n`
    for (let mutations = random(MOST_MUTATIONS + 1); mutations > 0; mutations--) sdp = mutate(sdp)
    const publish = pick<readonly Publication[]>([[], ['audio'], ['video'], ['data'], ['audio', 'video', 'data']])
    const outcome = passDescription(
      { description: { type: 'offer', sdp } },
      { role: 'guest', publish, subscribe: true },
    )
    if (!outcome.ok) continue
    passed++
    const relayed = outcome.value.description.sdp
    if (mightSend(relayed, publish)) expect({ relayed, publish }).toBe('a description that was not passed on')
  }
  // Otherwise nothing was tested.
  expect(passed).toBeGreaterThan(DESCRIPTIONS / 20)
})
