import { Call } from './call.jsx'

// The API key is public; where it comes from is read when the page is asked for, not when it is built.
export const dynamic = 'force-dynamic'

export default function Page() {
  const { API_KEY, STAGEDOOR_URL } = process.env
  return (
    <main>
      <h1>A call in Next.js</h1>
      <Call apiKey={API_KEY} platform={STAGEDOOR_URL} />
    </main>
  )
}
