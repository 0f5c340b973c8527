import { type RefObject, useEffect } from 'react'

/**
 * Gives the focus back to where it was on the page when the dialog or the menu over it goes away: who works by keyboard goes on
 * where they were (WCAG 2.4.3). Dialogs here come and go whole, which their own way of giving it back does not see.
 *
 * @param page what is the page; dialogs and menus stand beside it in the document.
 */
export function useFocusBack(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: HTMLElement | undefined
    let isAway = false
    const isOnPage = ({ target }: Event) => target instanceof Node && page.current?.contains(target) === true
    function noteFocus(event: FocusEvent) {
      isAway = !isOnPage(event)
      if (!isAway && event.target instanceof HTMLElement) last = event.target
    }
    function notePointer(event: PointerEvent) {
      // Who points at the page has left the dialog themselves.
      if (isOnPage(event)) isAway = false
    }
    function giveBack() {
      if (!isAway || document.activeElement !== document.body || document.querySelector('[role="dialog"]')) return
      isAway = false
      if (last?.isConnected) last.focus({ preventScroll: true })
    }
    const observer = new MutationObserver(giveBack)
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', noteFocus)
    document.addEventListener('pointerdown', notePointer)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', noteFocus)
      document.removeEventListener('pointerdown', notePointer)
    }
  }, [page])
}
