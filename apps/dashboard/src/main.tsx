import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './dashboard.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { questions } from './platform/questions.ts'
import { router } from './routes.tsx'
import { cssVariables, theme } from './theme.ts'

// The content security policy allows style elements with this nonce. A dialog, which locks the scrolling of the page with such
// an element, reads the nonce from the global name that webpack uses.
const nonce = document.querySelector<HTMLElement>('[property=csp-nonce]')?.nonce ?? ''
Object.assign(globalThis, { __webpack_nonce__: nonce })

createRoot(document.querySelector('#root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Notifications position="bottom-right" />
      <QueryClientProvider client={questions}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
