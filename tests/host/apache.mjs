// mod_shide in Apache 2.4, event and prefork: the recorded conversations, what configtest refuses and where, what a vhost and a Location
// inherit, restarts under load, what is open in which process, memory of a large upload, log and status.
//     node tests/host/apache.mjs [restarts N]      only N graceful restarts of each, for tests/long
// The last line is "N passed, N failed, N skipped".
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { apache_is_there, configtest, demo_school, own_memory, restart_under_load, start_apache, write_apache } from './support/apache.mjs';
import { build, exchange, fact, get, parse, replay, report, root, run, scratch, skip, start_shided, stop, until } from './support/host.mjs';

// ---- configtest ----
// what · the directives, in <Location "/shide"> or at the end of the file · what is said. "{line}" is where the line marked by > stands.
const LOCATION = 'Syntax error on line {line} of .*httpd\\.conf:', PLACE = 'httpd\\.conf:{line}: shide configuration';
const refused = [
  ['a kind there is not', { location: '>ShideStoreKind oracle' }, [LOCATION, 'ShideStoreKind .oracle.', 'store\\.kind is one of sqlite, postgresql']],
  ['a flag that is neither', { location: '>ShideSiteTheme yes' }, [LOCATION, 'site\\.theme is either on or off']],
  ['a flag in another tongue', { location: '>ShideIdentityTrustHost true' }, [LOCATION, 'identity\\.trust_host is either on or off']],
  ['a flag as a number', { location: '>ShideDemoEnabled 1' }, [LOCATION, 'demo\\.enabled is either on or off']],
  ['a proxy by its name', { location: '>ShideServerTrustedProxy localhost' }, [LOCATION, 'server\\.trusted_proxy is an IP address']],
  ['a proxy that is no address', { location: '>ShideServerTrustedProxy 10.0.0.300' }, [LOCATION, 'server\\.trusted_proxy is an IP address']],
  ['a mount without a slash', { location: '>ShideServerMount shide' }, [LOCATION, 'server\\.mount begins with a slash']],
  ['a mount that ends with one', { location: '>ShideServerMount /shide/' }, [LOCATION, 'server\\.mount begins with a slash, does not end']],
  ['a mount with a blank', { location: '>ShideServerMount "/a b"' }, [LOCATION, 'has only letters']],
  ['an address without a scheme', { location: '>ShideSectionPublicBaseUrl www.example.edu.cn/shide' }, [LOCATION, 'section\\.public_base_url is a whole address']],
  ['an address of another scheme', { location: '>ShideSiteBridgeUrl ftp://www.example.edu.cn/' }, [LOCATION, 'site\\.bridge_url is a whole address']],
  ['an address with a blank', { location: '>ShideSiteBridgeUrl "https://www example.edu.cn/"' }, [LOCATION, 'site\\.bridge_url is a whole address']],
  ['a size with a unit', { location: '>ShideRequestBodyLimitBytes 26M' }, [LOCATION, 'request\\.body_limit_bytes is a whole number from 65536']],
  ['a size too small', { location: '>ShideRequestBodyLimitBytes 1' }, [LOCATION, 'from 65536 to 104857600']],
  ['a size beyond numbers', { location: '>ShideRequestBodyLimitBytes 99999999999999999999999' }, [LOCATION, 'from 65536 to 104857600']],
  ['a log level there is not', { location: '>ShideLogLevel loud' }, [LOCATION, 'log\\.level is one of error, warning, notice, debug']],
  ['a time that is none', { location: '>ShideDemoToday tomorrow' }, [LOCATION, 'demo\\.today is a time such as 2021-01-24 20:30']],
  ['a value beyond 4096 bytes', { location: `>ShideStoreConnection "${'x'.repeat(4200)}"` }, [LOCATION, 'store\\.connection must fit on one line']],
  ['no value', { location: '>ShideStoreKind' }, [LOCATION, 'ShideStoreKind takes one argument']],
  ['two values', { location: '>ShideStoreKind sqlite postgresql' }, [LOCATION, 'ShideStoreKind takes one argument']],
  ['a directive misspelt', { location: '>ShideStoreKnid sqlite' }, [LOCATION, "Invalid command 'ShideStoreKnid'"]],
  ['what only shided has', { location: '>ShideServerPort 80' }, [LOCATION, "Invalid command 'ShideServerPort'"]],
  ['a directive twice', { location: 'ShideSiteTheme off\n>ShideSiteTheme off' }, [LOCATION, 'ShideSiteTheme stands here twice; keep one']],
  ['two files', { location: 'ShideConfig shide.info\n>ShideConfig shide.info' }, [LOCATION, 'ShideConfig stands here twice; keep one']],
  ['a file without a name', { location: '>ShideConfig ""' }, [LOCATION, 'ShideConfig takes one argument']],
  ['a directive in a Directory', { server: '<Directory "/srv">\n>ShideConfig shide.info\n</Directory>' }, [LOCATION, 'ShideConfig cannot occur within <Directory> section']],
  ['a directive in Files', { server: '<Files "x">\n>ShideSiteTheme on\n</Files>' }, [LOCATION, 'ShideSiteTheme cannot occur within <Files> section']],
  ['a directive in an If', { server: '<If "true">\n>ShideSiteTheme on\n</If>' }, [LOCATION, 'ShideSiteTheme cannot occur within <If> section']],
  ['a directive in a Limit', { location: '<Limit GET>\n>ShideSiteTheme on\n</Limit>' }, [LOCATION, 'ShideSiteTheme cannot occur within <Limit>']],
  ['a directive in a LocationMatch', { server: '<LocationMatch "^/s[0-9]">\n>ShideConfig shide.info\n</LocationMatch>' }, [LOCATION, 'ShideConfig belongs in <Location "/path">, not in a pattern']],
  ['a directive in a Location with a star', { server: '<Location "/s*/x">\n>ShideSiteTheme on\n</Location>' }, [LOCATION, 'ShideSiteTheme belongs in <Location "/path">']],
  ['a bad value of the whole server', { server: '>ShideSiteTheme maybe' }, [LOCATION, 'site\\.theme is either on or off']],
  ['a bad value of a virtual host', { server: '<VirtualHost *>\n>ShideLogLevel 3\n</VirtualHost>' }, [LOCATION, 'log\\.level is one of']],
  ['a file that is not there', { location: '>ShideConfig no-such.info' }, [PLACE, 'no-such\\.info cannot be read']],
  ['a moment without a demo', { location: '>ShideDemoToday "2021-01-24 20:30"' }, [PLACE, 'demo\\.today is for the demo']],
  ['PostgreSQL at no place', { location: '>ShideStoreKind postgresql' }, [PLACE, 'store\\.connection must say where']],
  ['a theme of no site', { location: '>ShideSiteTheme on' }, [PLACE, 'site\\.theme also needs site\\.bridge_url']],
  ['a source of the theme with a path', { location: '>ShideSiteBridgeUrl https://a.example/\nShideSiteThemeSources https://b.example/x' }, [PLACE, 'https://b\\.example/x in site\\.theme_sources must end with the host']],
  ['a key that is missing', { location: '>ShideSiteBridgeUrl https://a.example/\nShideSiteTicketKeyFile no-such.key' }, [PLACE, 'no-such\\.key of site\\.ticket_key_file cannot be read']],
  ['a key open to all', { location: '>ShideSiteBridgeUrl https://a.example/\nShideSiteTicketKeyFile "{scratch}/open.key"' }, [PLACE, 'site\\.ticket_key_file', 'chmod o-r']],
  ['a key too short', { location: '>ShideSiteBridgeUrl https://a.example/\nShideSiteTicketKeyFile "{scratch}/short.key"' }, [PLACE, 'site\\.ticket_key_file', 'at least 32']],
  ['an authority that is missing', { location: '>ShideSiteCaFile no-such.pem' }, [PLACE, 'no-such\\.pem of site\\.ca_file cannot be read']],
  ['what only a virtual host makes wrong', { location: 'ShideConfig shide.info', server: '<VirtualHost *>\n>ShideStoreKind postgresql\n</VirtualHost>' }, ['httpd\\.conf:28 with .*httpd\\.conf:{line}: shide configuration', 'store\\.connection must say where']],
  ['an option misspelt in the file', { info: 'server {\n>  prot 80\n}\n' }, ['shide\\.info:{line}: server\\.prot is not an option; did you mean server\\.port\\?']],
  ['a bad value in the file', { info: 'store {\n>  kind oracle\n}\n' }, ['shide\\.info:{line}: store\\.kind is one of sqlite']],
  ['an option twice in the file', { info: 'store {\n  kind sqlite\n>  kind sqlite\n}\n' }, ['shide\\.info:{line}: store\\.kind is there twice']],
  ['braces that do not match', { info: 'store {\n  kind sqlite\n' }, ['shide\\.info']],
  ['a file that includes another', { info: '>#include "/etc/passwd"\n' }, ['shide\\.info']],
];

async function configtest_facts() {
  fs.writeFileSync(path.join(scratch, 'open.key'), 'x'.repeat(64), { mode: 0o644 });
  fs.writeFileSync(path.join(scratch, 'good.key'), 'x'.repeat(64), { mode: 0o600 });
  fs.writeFileSync(path.join(scratch, 'short.key'), 'x', { mode: 0o600 });
  for (const [what, parts, words] of refused) {
    await fact(`configtest: ${what} is refused, with its place`, async () => {
      const [marked, settings] = [Object.entries(parts).find(([, text]) => /^>/m.test(text)), {}];
      for (const [name, text] of Object.entries(parts)) settings[name] = text.replace(/^>/m, '').replaceAll('{scratch}', scratch);
      const site = await write_apache({ name: 'refused', ...settings });
      const bad = marked?.[1].match(/^>(.*)$/m)[1].replaceAll('{scratch}', scratch);
      const lines = fs.readFileSync(marked?.[0] === 'info' ? path.join(site.folder, 'shide.info') : site.file, 'utf8').split('\n');
      const line = lines.lastIndexOf(bad) + 1;
      const done = configtest(site);
      if (done.status === 0) return 'it is taken';
      const missing = words.find((one) => !new RegExp(one.replace('{line}', line)).test(done.words));
      return missing ? `without ${missing} (line ${line}): ${done.words.slice(0, 600)}` : null;
    });
  }
  await fact('configtest: every directive is taken with a value of its type', async () => {
    const directives = [...fs.readFileSync(path.join(build, 'adapters/host_httpd/directives.inc'), 'utf8').matchAll(/"(Shide\w+)", "([\w.]+)"/g)];
    const options = read_options(), key = path.join(scratch, 'good.key');
    const fitting = { flag: 'off', url: 'https://a.example/', address: '127.0.0.1', path: key, secret_file: key, text: 'https://a.example' };
    const own = { 'demo.enabled': 'on', 'demo.today': '2021-01-24 20:30' };
    const value_of = (name) => own[name] ?? (options[name].default || (name.endsWith('directory') ? scratch : fitting[options[name].type]));
    const lines = directives.map(([, directive, name]) => `${directive} "${value_of(name)}"`);
    const done = configtest(await write_apache({ location: lines.join('\n') }));
    return lines.length > 15 && done.status === 0 ? null : `${lines.length}: ${done.words}`;
  });
}
// options.info, one mark a line: { "store.kind": { type, default, ... } }
function read_options() {
  const found = {}, names = [];
  for (const line of fs.readFileSync(path.join(root, 'schema/config/options.info'), 'utf8').split('\n')) {
    const [, word, value] = line.match(/^\s*([\w-]+|\})\s*(.*)$/) ?? [];
    if (word === '}') names.pop();
    else if (value === '{') names.push(word);
    else if (word && names.length === 2) (found[names.join('.')] ??= {})[word] = value.replace(/^"|"$/g, '');
  }
  return found;
}

// ---- what is inherited ----
const host_of = (host) => `Host: ${host}\r\nConnection: close\r\n`;
// Up to how many bytes of a body are taken at `address`, told by 413 or not.
async function takes(port, address, length, host = 'localhost') {
  const body = `{"a":"${'x'.repeat(length - 8)}"}`;
  const answer = parse(await exchange(port, `POST ${address} HTTP/1.1\r\n${host_of(host)}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`));
  return answer.status !== 413 && answer.status !== 404 && answer.status !== 503 && answer.status > 0;
}

async function merge_facts() {
  const server = `ShideRequestBodyLimitBytes 100000
<Location "/status">
  SetHandler server-status
  Require all granted
</Location>
<Location "/wide">
  SetHandler shide
  ShideConfig shide.info
  ShideRequestBodyLimitBytes 200000
</Location>
<Location "/wide/api/v1/session">
  ShideRequestBodyLimitBytes 70000
</Location>
<Location "/alone">
  SetHandler shide
  ShideServerMount /alone
</Location>
<VirtualHost *>
  ServerName main
</VirtualHost>
<VirtualHost *>
  ServerName other
  ShideRequestBodyLimitBytes 300000
  <Location "/third">
    SetHandler shide
    ShideConfig other.info
  </Location>
</VirtualHost>`;
  const folder = path.join(scratch, 'merge');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'other.info'), 'request { body_limit_bytes 80000 }\n');
  const apache = await start_apache({ name: 'merge', load: ['status'], server, info: 'request { body_limit_bytes 90000 }\n' });
  const { port } = apache;
  for (const [what, address, host, limit] of [
    ['a Location takes what the server says, over its file', '/shide/api/v1/session', 'main', 100000],
    ['a Location has its own word', '/wide/api/v1/public/posts', 'main', 200000],
    ['a Location inside has the last word, and keeps the mount', '/wide/api/v1/session', 'main', 70000],
    ['a Location without a file goes by directives alone', '/alone/api/v1/session', 'main', 100000],
    ['a virtual host has its own word, over file and server', '/third/api/v1/session', 'other', 300000],
    ["a virtual host's word reaches the Locations of the whole server", '/shide/api/v1/session', 'other', 300000],
    ["a Location's own word stands in every virtual host", '/wide/api/v1/session', 'other', 70000],
  ]) {
    await fact(`merge: ${what}`, async () => {
      const small = await takes(port, address, limit - 10, host), large = await takes(port, address, limit + 10, host);
      return small && !large ? null : `${limit - 10} ${small ? 'taken' : 'refused'}, ${limit + 10} ${large ? 'taken' : 'refused'}`;
    });
  }
  await fact('merge: what says the same is one section', async () => {
    const answer = await get(port, '/status?auto');
    const states = answer.body.match(/^Shide\d+State: started$/gm) ?? [];
    return states.length === 7 ? null : `${states.length} sections: ${answer.body}`;
  });
  await fact('status: mod_status tells how each section does', async () => {
    await get(port, '/shide/health');
    const page = await get(port, '/status');
    return /<h2>shide<\/h2>[\s\S]*section of [^<]*httpd\.conf:\d+: started<\/dt><dd>\d+ requests in process \d+, \d+ of them/.test(page.body) ? null : page.body.slice(-1500);
  });
  await stop(apache.child);
}

// ---- the log ----
async function log_facts() {
  for (const [level, tells, complains] of [['warn', false, true], ['warn shide:info', true, true], ['warn shide:crit', false, false]]) {
    await fact(`log: LogLevel ${level} is kept to`, async () => {
      fs.mkdirSync(path.join(scratch, 'log'), { recursive: true });
      fs.writeFileSync(path.join(scratch, 'log/broken.info'), 'store { path throws }\n');
      const apache = await start_apache({ name: 'log', server: `LogLevel ${level}\n<Location "/broken">\n  SetHandler shide\n  ShideConfig broken.info\n</Location>` });
      const broken = await get(apache.port, '/broken/ready?telephone=13800000000');
      await stop(apache.child);
      const words = apache.log();
      if (broken.status < 500) return `the broken section answers ${broken.status}`;
      if (/\[shide:info\].*shide has started/.test(words) !== tells) return `${tells ? 'does not tell' : 'tells'} of its start: ${words}`;
      if (/\[shide:error\].*request\.\w+/.test(words) !== complains) return `${complains ? 'does not tell' : 'tells'} of the fault: ${words}`;
      return /13800000000|{"time"/.test(words) ? words : null;
    });
  }
}

// ---- each kind of Apache ----
async function mpm_facts(mpm) {
  const apache = await start_apache({
    mpm, info: 'server { mount "/elsewhere" }\n',
    server: '<Location "/shide/inner">\n  Require all granted\n</Location>\n<Location "/second/mount/">\n  SetHandler shide\n  ShideConfig shide.info\n</Location>\n<LocationMatch "^/astray">\n  SetHandler shide\n  Require all granted\n</LocationMatch>',
  });
  const { port, child, log } = apache;
  await replay(`Apache ${mpm}`, (bytes) => exchange(port, bytes));
  await fact(`Apache ${mpm}: a second Location of the same file is a mount of its own`, async () => {
    const answer = await get(port, '/second/mount/health');
    return answer.status === 200 ? null : `status ${answer.status}`;
  });
  await fact(`Apache ${mpm}: a Location inside keeps the mount`, async () => {
    const answer = await get(port, '/shide/inner');
    return answer.status === 404 && answer.headers.get('x-request-id') ? null : `status ${answer.status}`;
  });
  await fact(`Apache ${mpm}: S112 the section answers inside the site's own server, and what is not ours is not touched`, async () => {
    const [ours, theirs] = [await get(port, '/shide/health'), await get(port, '/elsewhere')];
    return ours.status === 200 && theirs.status === 403 && !theirs.headers.get('x-request-id') ? null : `status ${ours.status} and ${theirs.status}`;
  });
  await fact(`Apache ${mpm}: a handler without a section is an error with a reason`, async () => {
    const answer = await get(port, '/astray/health');
    return answer.status === 500 && log().includes('no directive of shide is in force here') ? null : `${answer.status} ${log()}`;
  });
  await fact(`Apache ${mpm}: a chunked body arrives whole`, async () => {
    const answer = parse(await exchange(port, 'POST /shide/api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{"\r\n1\r\n:\r\n0\r\n\r\n'));
    return answer.status === 422 ? null : `status ${answer.status}`;
  });
  await fact(`Apache ${mpm}: forty requests at once are all answered`, async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => get(port, '/shide/health')));
    return all.every((one) => one.status === 200) ? null : all.map((one) => one.status).join(' ');
  });
  await restart_facts(mpm, apache, 20);
  await fact(`Apache ${mpm}: it ends by SIGTERM, and no child has crashed`, async () => {
    const code = await stop(child);
    const words = log();
    return code === 0 && !/exit signal|Segmentation|core dump/.test(words) ? null : `${code} ${words}`;
  });
}
async function restart_facts(mpm, apache, times) {
  await fact(`Apache ${mpm}: ${times} graceful restarts under load without one failed request`, async () => {
    const came_of_it = await restart_under_load(apache, times);
    if (typeof came_of_it === 'string' || !came_of_it) return came_of_it;
    console.log(`   Apache ${mpm}: ${came_of_it.answered} requests answered during ${times} restarts`);
    return came_of_it.answered > times * 20 ? null : `only ${came_of_it.answered} requests`;
  });
}

// ---- with the real module ----
// What a process holds open below `folder`, and its sockets but the listening one.
function held(pid, folder) {
  const all = fs.readdirSync(`/proc/${pid}/fd`).map((one) => { try { return fs.readlinkSync(`/proc/${pid}/fd/${one}`); } catch { return ''; } });
  return all.filter((one) => one.startsWith(folder) || one.includes('deleted'));
}

async function sign_in(port, login) {
  const page = await get(port, '/shide/login');
  const csrf = page.body.match(/name="csrf" value="([^"]+)"/)[1], form = `csrf=${csrf}&login=${login}`;
  const answer = parse(await exchange(port, `POST /shide/login/demo HTTP/1.1\r\n${host_of('localhost')}Cookie: ${page.headers.get('set-cookie').split(';')[0]}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}`));
  return answer.headers.get('set-cookie').split(';')[0];
}

// 25 MiB of what is no photo, as nine files of the check before posting. The answer's status.
async function upload(port, login) {
  const cookie = await sign_in(port, login);
  const page = parse(await exchange(port, `GET /shide/check HTTP/1.1\r\n${host_of('localhost')}Cookie: ${cookie}\r\n\r\n`));
  const csrf = page.body.match(/name="csrf" value="([^"]+)"/)[1];
  const part = (name, more, bytes) => Buffer.concat([Buffer.from(`--boundary\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`), bytes, Buffer.from('\r\n')]);
  const junk = Buffer.alloc(Math.floor((25 << 20) / 9), 0x41);
  const body = Buffer.concat([part('csrf', '', Buffer.from(csrf)), ...Array.from({ length: 9 }, (_, i) => part('files', `; filename="${i}.jpg"\r\nContent-Type: image/jpeg`, junk)), Buffer.from('--boundary--\r\n')]);
  return new Promise((done, fail) => {
    const request = http.request({ host: '127.0.0.1', port, path: '/shide/check', method: 'POST', agent: false,
      headers: { cookie, 'content-type': 'multipart/form-data; boundary=boundary', 'content-length': body.length } }, (answer) => {
      answer.resume();
      answer.on('end', () => done({ status: answer.statusCode, length: body.length }));
    });
    request.on('error', fail);
    request.end(body);
  });
}

async function real_facts() {
  const school = path.join(scratch, 'school');
  const demo = demo_school(school);
  const login = demo.accounts.find((one) => one.role === 'homeroom_teacher').login;
  for (const mpm of ['event', 'prefork']) {
    const apache = await start_apache({ mpm, name: `real-${mpm}`, info: `data { directory "${school}" }\ndemo { enabled on }\n` }, { real: true });
    await fact(`Apache ${mpm}: nothing is opened before the children, so nothing is shared with them`, async () => {
      await until('a page of the section', async () => (await get(apache.port, '/shide/ready')).status === 200);
      const [parent, ...all] = [apache.child.pid, ...apache.children()];
      const threads = fs.readdirSync(`/proc/${parent}/task`).length, open = held(parent, school);
      if (open.length || threads !== 1) return `the parent has ${threads} threads and holds ${open.join(' ')}`;
      const holders = all.filter((pid) => held(pid, school).some((one) => one.endsWith('shide.db')));
      return holders.length > 0 ? null : 'no child holds the database: what is looked at?';
    });
    if (mpm === 'event') {
      await fact('Apache event: an upload of 25 MiB costs the server no more memory than the section itself needs', async () => {
        const beside = await start_shided({ real: true, data: school }, '--demo');
        const grown = async (port, pids) => {
          await get(port, '/shide/');
          const before = new Map(pids().map((pid) => [pid, own_memory(pid)]));
          const { status, length } = await upload(port, login);
          if (status !== 200) throw new Error(`the upload is answered with ${status}`);
          return { most: Math.max(...pids().map((pid) => own_memory(pid) - (before.get(pid) ?? 0))), length };
        };
        const own = await grown(beside.port, () => [beside.pid]), inside = await grown(apache.port, apache.children);
        await stop(beside);
        const text = `${(inside.most / 1048576).toFixed(1)} MiB in Apache, ${(own.most / 1048576).toFixed(1)} in shided, for ${(own.length / 1048576).toFixed(1)} MiB`;
        console.log(`   memory of the upload: ${text}`);
        return inside.most <= own.most + (12 << 20) ? null : text;
      });
      await fact('Apache event: an answer is there before the body is, where the body is not wanted', async () => {
        const answer = parse(await exchange(apache.port, `POST /shide/api/v1/session HTTP/1.1\r\n${host_of('localhost')}Expect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 40000000\r\n\r\n`, { limit: 5000 }));
        return answer.status === 413 ? null : `status ${answer.status}`;
      });
    }
    await stop(apache.child);
  }
}

await run('apache', async () => {
  if (!apache_is_there) return skip('Apache: apache2 or mod_shide.so is not there');
  const only_restarts = process.argv[2] === 'restarts' ? Number(process.argv[3]) : 0;
  if (only_restarts > 0) {
    for (const mpm of ['event', 'prefork']) {
      const apache = await start_apache({ mpm });
      await restart_facts(mpm, apache, only_restarts);
      await stop(apache.child);
    }
    return;
  }
  await configtest_facts();
  for (const [name, facts] of [['merge', merge_facts], ['log', log_facts], ['Apache event', () => mpm_facts('event')], ['Apache prefork', () => mpm_facts('prefork')], ['Apache with the real module', real_facts]]) {
    try {
      await facts();
    } catch (error) {
      report(name, error.stack);
    }
  }
});
