// The arrows between the folders run one way. A folder may import those on lower floors, never those above.
const SERVER = '^apps/server/src'
// What the pages of the dashboard are made of.
const PARTS = '(?:platform|parts|checks|minting)'
// From the ground up.
const FLOORS = [
  ['clock.ts', 'public-url.ts', 'observe', 'rate-limit', 'outbound'],
  ['keyring', 'account', 'events', 'media'],
  ['records.ts', 'make-change.ts'],
  ['admission'],
  ['refusal-log', 'traffic', 'dry-run', 'exchange'],
  ['session'],
  ['registration'],
  ['conversation'],
  ['signalling', 'operations'],
  ['gate', 'api', 'control', 'doctor'],
  ['store'],
  ['assemble'],
  ['main.ts'],
  ['cli'],
]

const upward = FLOORS.slice(0, -1).map((floor, at) => ({
  name: `no-way-up-from-${floor.join('-and-')}`,
  comment: 'An import runs downwards only.',
  severity: 'error',
  from: { path: floor.map((name) => `${SERVER}/${name}(?:/|$)`), pathNot: '\\.(test|fixture)\\.ts$' },
  to: {
    path: FLOORS.slice(at + 1)
      .flat()
      .map((name) => `${SERVER}/${name}(?:/|$)`),
  },
}))

export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...upward,
    {
      name: 'store-serves-what-is-kept-alone',
      comment: 'An adapter implements the ports of the domain and knows nothing else of it.',
      severity: 'error',
      from: { path: `${SERVER}/store/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: SERVER,
        pathNot: [
          'store',
          'records.ts',
          'store-down.ts',
          'command-line.ts',
          'vault',
          'policy',
          'api-key',
          'keyring',
          'account',
          'events',
          'refusal-log',
          'traffic',
        ].map((name) => `${SERVER}/${name}(?:/|$)`),
      },
    },
    {
      name: 'admission-is-pure',
      comment: 'Time and randomness come in as arguments.',
      severity: 'error',
      from: { path: `${SERVER}/admission`, pathNot: '\\.test\\.ts$' },
      to: { path: [`${SERVER}/clock.ts`, `${SERVER}/observe`], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'token-and-protocol-stand-alone',
      severity: 'error',
      from: { path: '^packages/(access-token|protocol)/src' },
      to: { path: '^(packages|apps)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'identities-stand-on-the-protocol-alone',
      comment: 'A back end takes them along: nothing of the server, and nothing that mints.',
      severity: 'error',
      from: { path: '^packages/identity/src' },
      to: { path: '^(packages|apps)/', pathNot: '^packages/(identity|protocol)/' },
    },
    {
      name: 'foreign-tokens-are-verified-in-one-place',
      comment: 'Two verifiers for one job come to differ: what one refuses, the other lets in.',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: ['^packages/identity/', '\\.(test|fixture)\\.ts$'] },
      to: { path: 'node_modules/jose/' },
    },
    {
      name: 'the-token-has-no-dependency',
      severity: 'error',
      from: { path: '^packages/access-token/src', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'] },
    },
    {
      name: 'no-secret-in-a-browser',
      comment: 'Whoever can mint in a browser has given the secret away.',
      severity: 'error',
      from: { path: '^(packages/client|apps/demo|apps/dashboard)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/access-token/' },
    },
    {
      name: 'pages-stand-on-parts',
      comment: 'What the pages of the dashboard are made of knows no page.',
      severity: 'error',
      from: { path: `^apps/dashboard/src/${PARTS}/` },
      to: { path: '^apps/dashboard/src/[^/]+/', pathNot: `^apps/dashboard/src/${PARTS}/` },
    },
    {
      name: 'pages-know-no-other-page',
      severity: 'error',
      from: { path: '^apps/dashboard/src/([^/]+)/', pathNot: `^apps/dashboard/src/(${PARTS}|shell)/` },
      to: { path: '^apps/dashboard/src/[^/]+/', pathNot: `^apps/dashboard/src/(${PARTS}|$1)/` },
    },
    {
      name: 'the-platform-knows-no-parts',
      severity: 'error',
      from: { path: '^apps/dashboard/src/platform/' },
      to: { path: '^apps/dashboard/src/parts/' },
    },
    {
      name: 'the-dashboard-uses-the-public-api-alone',
      severity: 'error',
      from: { path: '^apps/dashboard/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(apps/server|packages/(?!admin/))' },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(apps|packages|examples)/[^/]+/(dist|public)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['@stagedoor/source', 'import', 'types', 'default'],
      exportsFields: ['exports'],
    },
  },
}
