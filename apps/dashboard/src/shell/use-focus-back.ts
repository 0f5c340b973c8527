import { type RefObject, useEffect } from 'react'

/**
 * Returns the focus to where it was on the page when a dialog or menu closes, so that keyboard users continue where they were
 * (WCAG 2.4.3). Dialogs here are unmounted when they close, so their own way of returning the focus does not run.
 *
 * @param page the element of the page; dialogs and menus are outside of it.
 */
export function useFocusBack(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: HTMLElement | undefined
    let isAway = false
    const isOnPage = ({ target }: Event) => target instanceof Node && page.current?.contains(target) === true
    function recordFocus(event: FocusEvent) {
      isAway = !isOnPage(event)
      if (!isAway && event.target instanceof HTMLElement) last = event.target
    }
    function recordPointer(event: PointerEvent) {
      // A click on the page moves the focus on purpose.
      if (isOnPage(event)) isAway = false
    }
    function restoreFocus() {
      if (!isAway || document.activeElement !== document.body || document.querySelector('[role="dialog"]')) return
      isAway = false
      if (last?.isConnected) last.focus({ preventScroll: true })
    }
    const observer = new MutationObserver(restoreFocus)
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', recordFocus)
    document.addEventListener('pointerdown', recordPointer)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', recordFocus)
      document.removeEventListener('pointerdown', recordPointer)
    }
  }, [page])
}
