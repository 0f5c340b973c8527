import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { LogIn } from './enter/log-in.tsx'
import { SetUp } from './enter/set-up.tsx'
import { BASE_PATH } from './platform/platform-url.ts'
import { LoggedIn } from './shell/logged-in.tsx'
import { FaultPage, NoPage } from './shell/no-page.tsx'

/** The routes of the dashboard. Each page is loaded on its first visit. */

const root = createRootRoute({ component: Outlet, notFoundComponent: NoPage, errorComponent: FaultPage })

const setUp = createRoute({ getParentRoute: () => root, path: '/setup', component: SetUp })

const logIn = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: texts('next'),
  component: function LogInRoute() {
    const { next } = logIn.useSearch()
    // Only a path of the dashboard, never another site.
    return <LogIn next={next !== undefined && /^\/[^/\\]/.test(next) ? next : undefined} />
  },
})

const loggedIn = createRoute({ getParentRoute: () => root, id: 'logged-in', component: LoggedIn })

/** The search parameters of a page, as strings: filters and sort orders, never a secret. */
function texts<Name extends string>(...names: readonly Name[]) {
  return (search: Record<string, unknown>) => {
    const found: { [name in Name]?: string | undefined } = {}
    for (const name of names) {
      const value = search[name]
      // The router parses a number in a URL, which is a string here.
      if (typeof value === 'string' || typeof value === 'number') found[name] = String(value)
    }
    return found
  }
}

function page<Path extends string, Name extends string = never>(
  path: Path,
  component: ReturnType<typeof lazyRouteComponent>,
  ...names: readonly Name[]
) {
  return createRoute({ getParentRoute: () => loggedIn, path, component, validateSearch: texts(...names) })
}

const pages = [
  page(
    '/',
    lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
    'span',
  ),
  page(
    '/start',
    lazyRouteComponent(() => import('./start/first-call.tsx'), 'FirstCall'),
  ),
  page(
    '/keys',
    lazyRouteComponent(() => import('./credentials/keys-page.tsx'), 'KeysPage'),
    'search',
    'sort',
  ),
  page(
    '/keys/$key',
    lazyRouteComponent(() => import('./policy/policy-page.tsx'), 'PolicyPage'),
  ),
  page(
    '/keys/$key/authentication',
    lazyRouteComponent(() => import('./authentication/authentication-page.tsx'), 'AuthenticationPage'),
    'search',
    'sort',
  ),
  page(
    '/keys/$key/workbench',
    lazyRouteComponent(() => import('./workbench/workbench-page.tsx'), 'WorkbenchPage'),
  ),
  page(
    '/keys/$key/live',
    lazyRouteComponent(() => import('./live/live-page.tsx'), 'LivePage'),
    'view',
    'search',
    'conversation',
    'keyId',
    'sort',
  ),
  page(
    '/keys/$key/live/$conversation',
    lazyRouteComponent(() => import('./live/conversation-page.tsx'), 'ConversationPage'),
  ),
  page(
    '/keys/$key/refusals',
    lazyRouteComponent(() => import('./refusals/refusals-page.tsx'), 'RefusalsPage'),
    'code',
    'search',
    'origin',
    'since',
    'until',
    'span',
    'sort',
  ),
  page(
    '/keys/$key/refusals/$refusalId',
    lazyRouteComponent(() => import('./refusals/refusal-page.tsx'), 'RefusalPage'),
  ),
  page(
    '/keys/$key/revocations',
    lazyRouteComponent(() => import('./revocations/revocations-page.tsx'), 'RevocationsPage'),
    'kind',
    'search',
    'sort',
  ),
  page(
    '/keys/$key/webhooks',
    lazyRouteComponent(() => import('./webhooks/webhooks-page.tsx'), 'WebhooksPage'),
    'search',
    'sort',
  ),
  page(
    '/keys/$key/webhooks/$endpointId',
    lazyRouteComponent(() => import('./webhooks/webhook-page.tsx'), 'WebhookPage'),
    'state',
    'type',
    'delivery',
    'sort',
  ),
  page(
    '/keys/$key/audit',
    lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'KeyAuditPage'),
    'sort',
    'action',
    'actor',
    'subject',
    'since',
    'until',
  ),
  page(
    '/audit',
    lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
    'sort',
    'action',
    'actor',
    'subject',
    'since',
    'until',
  ),
  page(
    '/team',
    lazyRouteComponent(() => import('./team/team-page.tsx'), 'TeamPage'),
    'search',
    'sort',
  ),
  page(
    '/account',
    lazyRouteComponent(() => import('./account/account-page.tsx'), 'AccountPage'),
    'search',
    'sort',
  ),
  page(
    '/health',
    lazyRouteComponent(() => import('./health/health-page.tsx'), 'HealthPage'),
  ),
] as const

export const router = createRouter({
  routeTree: root.addChildren([setUp, logIn, loggedIn.addChildren(pages)]),
  basepath: `${BASE_PATH}/dashboard`,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
