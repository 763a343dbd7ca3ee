// Keeps the shell of the pages on the device, so that an address opens without a network: one page that knows nobody, the
// stylesheet and the script. No answer that belongs to a person ever goes into this cache; drafts are in drafts.js.
const shell = `shide-shell-${new URL(location.href).searchParams.get('shell')}`;
const mount = new URL(self.registration.scope).pathname;
const offline = `${mount}offline`;

async function keep_shell() {
  const cache = await caches.open(shell);
  const page = await fetch(offline, { credentials: 'omit', cache: 'no-cache' });
  if (!page.ok) throw new Error(`the shell answers ${page.status}`);
  const parts = [...(await page.clone().text()).matchAll(/(?:href|src)="([^"]*\/assets\/[^"]*)"/g)].map((one) => one[1].replaceAll('&amp;', '&'));
  await cache.put(offline, page);
  await cache.addAll(parts);
}

self.addEventListener('install', (event) => event.waitUntil(keep_shell().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('shide-shell-') && name !== shell) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(async (error) => {
      const kept = await (await caches.open(shell)).match(offline);
      if (kept) return kept;
      throw error;
    }));
  } else if (new URL(request.url).pathname.startsWith(`${mount}assets/`)) {
    event.respondWith((async () => await (await caches.open(shell)).match(request) ?? fetch(request))());
  }
});
