import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('npm scripts', () => {
  test.each(['start', 'start:api', 'start:worker', 'demo'])(
    '%s: npm’s signals reach Node and its exit code reaches npm',
    (name) => {
      // npm runs scripts in a shell and tells only that; without `exec` the shell ends and leaves Node behind, undrained.
      expect(scripts[name]).toMatch(/^exec node -r \.\/infra\/node-version\.cjs .*dist\/infra\//);
      expect(scripts[`pre${name}`]).toBe('node -r ./infra/node-version.cjs infra/build.js --if-needed');
    },
  );

  test('test: format, lint and types are part of it, and the tests come last, so that their count is the last line', () => {
    const steps = scripts['test']!.split(' && ').map((step) => step.replace('npm run ', ''));
    expect(steps).toEqual(['check', 'vitest']);
    // Lint beside the others; what it found is waited for and counts.
    expect(scripts['check']).toBe('npm run lint & lint=$!; npm run format:check && npm run types && wait $lint');
  });
});
