/**
 * The house's one-way street as an ESLint rule (CONTRIBUTING has the picture): web → api → workflows → activities → render →
 * archive → domain → nothing. It looks at static and dynamic imports and re-exports, by the folder that a path leads to.
 */
import path from 'node:path';

/** What each folder may import of ours, besides itself. `types` only by `import type`. `bare`: packages and Node modules. */
export const directions = {
  domain: { values: [], bare: () => false },
  locales: { values: ['domain'] },
  archive: { values: ['domain'] },
  render: { values: ['archive', 'domain', 'locales'] },
  activities: { values: ['render', 'archive', 'domain'] },
  workflows: {
    values: ['domain'],
    types: ['activities'],
    bare: (name) => name === '@temporalio/workflow' || name === '@temporalio/common' || name === 'temporal-polyfill',
  },
  api: { values: ['workflows', 'render', 'archive', 'domain', 'locales'], types: ['activities', 'web'] },
  web: { values: ['api', 'workflows', 'render', 'archive', 'domain', 'locales'], types: ['activities'] },
  infra: { values: ['web', 'api', 'workflows', 'activities', 'render', 'archive', 'domain', 'locales'] },
};

/** Why `folder` may not import this; undefined when it may. `target` is a folder of ours, or undefined for a package. */
export function refusal(folder, target, specifier, typeOnly) {
  const rule = directions[folder];
  if (rule === undefined || target === folder) return undefined;
  if (target === undefined) {
    const allowed = rule.bare === undefined || rule.bare(specifier);
    return allowed ? undefined : `${folder}/ may not import the package or Node module "${specifier}"`;
  }
  if (rule.values.includes(target)) return undefined;
  if (rule.types?.includes(target)) {
    return typeOnly ? undefined : `${folder}/ may import only types of ${target}/: write \`import type\``;
  }
  return `${folder}/ may not import ${target}/: imports go down the house only`;
}

/** True for `import type …`, `export type …` and imports whose every name is marked `type`. */
function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = node.specifiers ?? [];
  return names.length > 0 && names.every((name) => name.importKind === 'type' || name.exportKind === 'type');
}

export default {
  meta: { type: 'problem', schema: [], messages: { refused: '{{reason}}.' } },
  create(context) {
    const folderOf = (file) => path.relative(context.cwd, file).split(path.sep)[0];
    const folder = folderOf(context.filename);
    const check = (node, source, typeOnly) => {
      if (typeof source?.value !== 'string') return;
      const specifier = source.value;
      const relative = /^\.{1,2}(\/|$)/.test(specifier);
      const target = relative ? folderOf(path.resolve(path.dirname(context.filename), specifier)) : undefined;
      const reason = refusal(folder, target, specifier, typeOnly);
      if (reason !== undefined) context.report({ node: source, messageId: 'refused', data: { reason } });
    };
    const declaration = (node) => check(node, node.source, isTypeOnly(node));
    return {
      ImportDeclaration: declaration,
      ExportNamedDeclaration: declaration,
      ExportAllDeclaration: declaration,
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal, true),
    };
  },
};
