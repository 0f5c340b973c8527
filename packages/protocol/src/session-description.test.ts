import { describe, expect, it } from 'vitest'
import { readSessionDescription } from './session-description.ts'

const HEAD = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0']
const CHROMIUM = [
  ...HEAD,
  'a=group:BUNDLE 0 1',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=ice-ufrag:a+/b',
  'a=extmap:14 urn:ietf:params:rtp-hdrext:toffset',
  'a=sendonly',
  'a=msid:{stream} {track}',
  'a=rtcp-mux',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=ssrc:1 cname:x/y+z',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
  'c=IN IP6 ::',
  'b=AS:500',
  'a=recvonly',
  'a=rid:1 send',
  'a=simulcast:send 1',
]
const FIREFOX = [
  'v=0',
  'o=mozilla...THIS_IS_SDPARTA-99.0 8443492742742349847 0 IN IP4 0.0.0.0',
  's=-',
  't=0 0',
  'a=sendrecv',
  'a=fingerprint:sha-256 AA:BB',
  'a=msid-semantic:WMS *',
  'm=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101',
  'c=IN IP4 0.0.0.0',
  'a=inactive',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'a=sctp-port:5000',
  'a=max-message-size:1073741823',
]

describe('a session description', () => {
  it('of Chromium and of Firefox is read, with what it sends', () => {
    expect(readSessionDescription(`${CHROMIUM.join('\r\n')}\r\n`)?.sections).toEqual([
      { kind: 'audio', sends: true },
      { kind: 'video', sends: false },
    ])
    expect(readSessionDescription(`${FIREFOX.join('\r\n')}\r\n`)?.sections).toEqual([
      { kind: 'audio', sends: false },
      { kind: 'application', sends: true },
    ])
    expect(readSessionDescription(`${HEAD.join('\r\n')}\r\n`)?.sections).toEqual([])
  })

  it('is re-serialized with the line ends of the standard', () => {
    const lines = [...HEAD, 'm=audio 9 X 0', 'a=recvonly']
    const expected = `${lines.join('\r\n')}\r\n`
    for (const end of ['\n', '\r\n']) expect(readSessionDescription(lines.join(end))?.sdp).toBe(expected)
    expect(readSessionDescription(expected)?.sdp).toBe(expected)
  })

  it.each([
    ['sendrecv', true],
    ['sendonly', true],
    ['recvonly', false],
    ['inactive', false],
    ['mid:0', true],
  ])('with the attribute %s in a section sends: %s', (attribute, sends) => {
    const read = readSessionDescription([...HEAD, 'm=video 9 X 0', `a=${attribute}`].join('\n'))
    expect(read?.sections).toEqual([{ kind: 'video', sends }])
  })

  it('is not silenced by a direction of the whole session', () => {
    const read = readSessionDescription([...HEAD, 'a=recvonly', 'm=video 9 X 0'].join('\n'))
    expect(read?.sections).toEqual([{ kind: 'video', sends: true }])
  })

  it.each([
    ['a direction with a value', ['m=video 9 X 0', 'a=recvonly', 'a=sendrecv:x']],
    ['a direction with more behind it', ['m=video 9 X 0', 'a=recvonly', 'a=sendrecv x']],
    ['a direction in capitals', ['m=video 9 X 0', 'a=recvonly', 'a=SendRecv']],
    ['two directions', ['m=video 9 X 0', 'a=recvonly', 'a=sendrecv']],
    ['the same direction twice', ['m=video 9 X 0', 'a=recvonly', 'a=recvonly']],
    ['two directions of the session', ['a=recvonly', 'a=sendrecv', 'm=video 9 X 0']],
    ['a kind in capitals', ['m=VIDEO 9 X 0', 'a=recvonly']],
    ['a kind that is none of ours', ['m=text 9 X 0', 'a=recvonly']],
    ['a tab', ['m=video\t9 X 0', 'a=recvonly']],
    ['a tab at the end', ['m=video 9 X 0', 'a=recvonly\t']],
    ['a space at the end of a direction', ['m=video 9 X 0', 'a=recvonly ']],
    ['a space before a line', ['m=video 9 X 0', ' a=recvonly']],
    ['a space around the equals sign', ['m=video 9 X 0', 'a =recvonly']],
    ['a lone carriage return', ['m=video 9 X 0', 'a=x\ra=recvonly']],
    ['a carriage return too many', ['m=video 9 X 0', 'a=recvonly\r\r']],
    ['a next line', ['m=video 9 X 0\u0085a=recvonly']],
    ['a line separator', ['m=video 9 X 0', 'a=x\u2028a=sendrecv']],
    ['a byte-order mark', ['m=video 9 X 0', '\ufeffa=recvonly']],
    ['a NUL', ['m=video 9 X 0', 'a=recvonly\0']],
    ['an empty line', ['m=video 9 X 0', '', 'a=recvonly']],
    ['a line that is none', ['m=video 9 X 0', 'recvonly']],
    ['a line of a session in a section', ['m=video 9 X 0', 't=0 0']],
    ['a media line without a format', ['m=video 9 X', 'a=recvonly']],
    ['an attribute without a name', ['m=video 9 X 0', 'a=:x']],
  ])('with %s is none', (_what, lines) => {
    expect(readSessionDescription([...HEAD, ...lines, ''].join('\r\n'))).toBeUndefined()
  })

  it.each(['', 'v=0', 'v=1\r\no=-\r\ns=-\r\n', 'o=-\r\nv=0\r\ns=-\r\n', 'm=audio 9 X 0'])(
    'does not begin as %j',
    (sdp) => {
      expect(readSessionDescription(sdp)).toBeUndefined()
    },
  )

  it('that only carriage returns divide is none', () => {
    expect(readSessionDescription([...HEAD, 'm=video 9 X 0', 'a=sendrecv'].join('\r'))).toBeUndefined()
  })
})
