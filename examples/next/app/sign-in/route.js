import { signIn } from '../../session.js'

export function POST(request) {
  const name = new URL(request.url).searchParams.get('name') ?? ''
  return new Response(null, { status: 204, headers: { 'set-cookie': signIn(name) } })
}
