import { useNavigate } from '@tanstack/react-router'

interface LookOptions {
  /** Whether the page goes to its top. Default: yes. */
  readonly resetScroll?: boolean
}

/** Changes what the address of this page asks for, such as a search or an order; what is not named stays. It is no step of the history. */
export function useLook({ resetScroll = true }: LookOptions = {}) {
  const navigate = useNavigate()
  return (change: Readonly<Record<string, string | undefined>>): void => {
    void navigate({ to: '.', search: (before) => ({ ...before, ...change }), replace: true, resetScroll })
  }
}
