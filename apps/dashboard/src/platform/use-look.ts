import { useNavigate } from '@tanstack/react-router'

interface LookOptions {
  /** Whether the page scrolls to its top. Default: yes. */
  readonly resetScroll?: boolean
}

/** Changes search parameters of this page's URL, such as a filter or a sort order. Others stay. It adds no history entry. */
export function useLook({ resetScroll = true }: LookOptions = {}) {
  const navigate = useNavigate()
  return (change: Readonly<Record<string, string | undefined>>): void => {
    void navigate({ to: '.', search: (before) => ({ ...before, ...change }), replace: true, resetScroll })
  }
}
