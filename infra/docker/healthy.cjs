/** `node infra/docker/healthy.cjs URL`: exit 0 when it answers 2xx. For health checks in images without curl. */
'use strict';
fetch(process.argv[2], { signal: AbortSignal.timeout(3000) }).then(
  (response) => process.exit(response.ok ? 0 : 1),
  () => process.exit(1),
);
