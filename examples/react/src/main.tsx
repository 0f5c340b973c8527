import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { takeSignIn } from './sign-in.ts'

const user = await takeSignIn()
createRoot(document.querySelector('#root') as HTMLElement).render(<App user={user} />)
