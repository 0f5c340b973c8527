import { type CSSVariablesResolver, createTheme } from '@mantine/core'

/** One colour, system fonts, small corners. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: 7,
  respectReducedMotion: true,
  autoContrast: true,
  // Text is white on anything darker than this and black otherwise, with a contrast of at least 4.5 to 1 (WCAG 1.4.3).
  luminanceThreshold: 0.183,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.15rem' } } },
  components: {
    Alert: {
      defaultProps: { radius: 'md' },
      styles: { title: { color: 'var(--mantine-color-text)' }, body: { minWidth: 0 } },
    },
    Badge: { styles: { root: { minWidth: 'max-content' }, label: { textTransform: 'none' } } },
    // The focus goes to the first item: a menu has nothing else to focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } } },
  },
})

/** Keeps dimmed text readable in light and dark: 4.5 to 1 (WCAG 1.4.3). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-placeholder': '#6a7178',
    '--mantine-color-error': '#c92a2a',
  },
  dark: {
    '--mantine-color-dimmed': '#a8adb3',
    '--mantine-color-placeholder': '#9aa0a6',
    '--mantine-color-error': '#ff8787',
  },
})
