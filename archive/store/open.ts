/** `FILES_URL`: `file:///folder`, or `s3://key:secret@host:port/bucket/prefix?region=eu-central-1&tls=0`. */
import { fileURLToPath } from 'node:url';
import { diskStore } from './disk.js';
import type { Bucket } from './s3.js';
import type { FileStore } from './store.js';

/** What is wrong with an address of a store; undefined when it can be used. */
export function storeFault(address: string): string | undefined {
  if (!URL.canParse(address)) return 'must be a URL';
  const url = new URL(address);
  if (url.protocol === 'file:') {
    if (url.host !== '') return 'must have three slashes, like file:///var/lib/convoke/files';
    return url.pathname === '/' ? 'must name a folder, like file:///var/lib/convoke/files' : undefined;
  }
  if (url.protocol !== 's3:') return 'must be a URL that begins with file:/// or s3://';
  const form = 's3://key:secret@host:port/bucket?region=us-east-1';
  if (url.username === '' || url.password === '') return `needs a key and its secret: ${form}`;
  if (url.host === '' || bucketOf(url).bucket === '') return `needs a host and a bucket: ${form}`;
  const unknown = [...url.searchParams.keys()].filter((k) => k !== 'region' && k !== 'tls');
  return unknown.length > 0 ? `has parameters that are not known: ${unknown.join(', ')}` : undefined;
}

function bucketOf(url: URL): Bucket {
  const [bucket = '', ...rest] = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const tls = url.searchParams.get('tls') !== '0';
  return {
    endpoint: `${tls ? 'https' : 'http'}://${url.host}`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    bucket,
    prefix: rest.map((part) => `${part}/`).join(''),
    key: decodeURIComponent(url.username),
    secret: decodeURIComponent(url.password),
  };
}

/** `address` as storeFault lets it pass. The S3 client is loaded only where it is needed. */
export async function openStore(address: string): Promise<FileStore> {
  const url = new URL(address);
  if (url.protocol === 'file:') return diskStore(fileURLToPath(url));
  return (await import('./s3.js')).s3Store(bucketOf(url));
}
