/** Lint rules beyond taste: each of them has caught a mistake that tests would have missed (design §2, §5). */
import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import importDirections from './infra/lint/import-directions.js';

const noChance = 'No chance in here: the same input gives the same answer.';
const clocks = (message) => [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message },
  { selector: "CallExpression[callee.name='Date']", message },
  { selector: "CallExpression[callee.object.name='performance'][callee.property.name='now']", message },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: noChance },
];

/** Modules are loaded once and shared by all meetings of a worker (infra/bundle.ts): what one left there, another would find. */
const ownState = [
  { selector: "Program > VariableDeclaration[kind!='const']", message: 'No state outside of functions here.' },
  {
    selector: 'Program > ExportNamedDeclaration > VariableDeclaration[kind!="const"]',
    message: 'No state outside of functions here.',
  },
  {
    selector: 'Program > VariableDeclaration > VariableDeclarator > Literal[regex.flags=/[gy]/]',
    message: 'An expression with g or y remembers where it was.',
  },
];

const nodeGlobals = ['process', 'URL', 'globalThis', 'require', 'module', 'fetch', 'AbortSignal'];

const focusedTests = {
  selector: "CallExpression[callee.property.name='only'][callee.object.name=/^(test|it|describe)$/]",
  message: 'A focused test switches all others off.',
};

export default tseslint.config(
  { ignores: ['dist/', '.cache/', '.convoke/', 'coverage/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      // Also catches an async update validator, which the SDK would accept silently and never wait for.
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Ports are async also where an adapter has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Our objects are made of closures; nothing of ours uses `this` outside a class.
      '@typescript-eslint/unbound-method': 'off',
      'no-undef': 'off',
    },
  },
  {
    plugins: { 'import-x': importX, convoke: { rules: { 'import-directions': importDirections } } },
    rules: {
      'convoke/import-directions': 'error',
      'import-x/no-duplicates': 'error',
      'import-x/no-self-import': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['domain/**'],
    rules: {
      'no-restricted-syntax': ['error', ...clocks('A rule gets the time as an argument.'), ...ownState],
      'no-restricted-globals': ['error', 'process', 'performance', 'setTimeout', 'setInterval', 'crypto', 'fetch'],
    },
  },
  {
    files: ['workflows/**'],
    ignores: ['workflows/clock.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...clocks('Workflow time is read in one place, workflows/clock.ts.'),
        ...ownState,
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      'no-restricted-syntax': ['error', focusedTests],
      // Tests look into answers of unknown shape.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])),
    },
  },
);
