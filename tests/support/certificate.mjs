// An authority of one's own, as a district has one, and a certificate of it for this machine.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

function openssl(...args) {
  const done = spawnSync('openssl', args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
}

// Files in `folder`: whom to trust, what the server shows, and its key, which `owner` ({ uid, gid }) may read.
export function make_certificate(folder, owner = {}) {
  const files = Object.fromEntries(['ca', 'ca.key', 'request', 'certificate', 'key', 'names'].map((name) => [name, path.join(folder, `tls-${name}.pem`)]));
  fs.writeFileSync(files.names, 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=An authority of the tests', '-addext', 'basicConstraints=critical,CA:TRUE', '-keyout', files['ca.key'], '-out', files.ca);
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-keyout', files.key, '-out', files.request);
  openssl('x509', '-req', '-in', files.request, '-CA', files.ca, '-CAkey', files['ca.key'], '-CAcreateserial', '-days', '2', '-extfile', files.names, '-out', files.certificate);
  if (owner.uid) fs.chownSync(files.key, owner.uid, owner.gid);
  return { ca: files.ca, certificate: files.certificate, key: files.key };
}
