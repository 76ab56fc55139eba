/**
 * Loaded before everything else (`node -r ./infra/node-version.cjs …`): says in one sentence that this Node is too old, instead of
 * the syntax error that the real code would give. Written in the JavaScript of ten years ago, so that any Node can read it.
 */
'use strict';
var wanted = [20, 20];
var parts = process.versions.node.split('.');
var major = Number(parts[0]);
var minor = Number(parts[1]);
if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  var message =
    'Convoke needs Node.js ' + wanted.join('.') + ' or newer (22 and 24 are fine); this is ' + process.version;
  var way = '. Install a newer one from https://nodejs.org or with your version manager, then run the command again.';
  process.stderr.write(message + way + '\n');
  process.exit(1);
}
