// An nginx of our own on loopback with the packaged file in it, as an administrator includes it. `folder` belongs to the user it runs as.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { free_port } from './free_port.mjs';

const packaging = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../packaging');
export const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((one) => fs.existsSync(one));

// A file of packaging/ with the port of this shided.
export function packaged(file, port) {
  const text = fs.readFileSync(path.join(packaging, file), 'utf8');
  if (!text.includes('127.0.0.1:8090')) throw new Error(`${file} names no shided`);
  return text.replaceAll('127.0.0.1:8090', `127.0.0.1:${port}`);
}

// Its ports, and the arguments to start it with.
export async function write_nginx(folder, shided_port, { certificate, key }) {
  const port = await free_port(), tls_port = await free_port();
  fs.writeFileSync(path.join(folder, 'shide.conf'), packaged('nginx/shide.conf', shided_port));
  fs.writeFileSync(path.join(folder, 'nginx.conf'), `daemon off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((one) => `  ${one}_temp_path ${folder}/${one};`).join('\n')}
  server {
    listen 127.0.0.1:${port};
    listen 127.0.0.1:${tls_port} ssl;
    ssl_certificate ${certificate};
    ssl_certificate_key ${key};
    include ${folder}/shide.conf;
    location / { return 404; }
  }
}
`);
  return { port, tls_port, args: ['-p', folder, '-e', 'stderr', '-c', path.join(folder, 'nginx.conf')] };
}
