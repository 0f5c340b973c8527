// The look of the other examples.
import '../../vanilla/page/style.css'

export const metadata = { title: 'Stagedoor in Next.js' }

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
