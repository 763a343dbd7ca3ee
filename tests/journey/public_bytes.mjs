// Everything an anonymous visitor can be given: the public face and whatever it links to, the feed, the assets, the API's
// description. Address -> bytes as text.
export async function public_bytes(base) {
  const waiting = ['/shide/', '/shide/feed.xml', '/shide/login', '/shide/code-of-conduct', '/shide/api/v1/openapi.json', '/shide/?lang=en'];
  const pages = new Map();
  while (waiting.length > 0) {
    const where = waiting.pop();
    if (pages.has(where) || pages.size > 200) continue;
    const answer = await fetch(base + where, { redirect: 'manual' });
    const bytes = `${[...answer.headers].map((one) => one.join(': ')).join('\n')}\n${Buffer.from(await answer.arrayBuffer()).toString('utf8')}`;
    pages.set(where, bytes);
    for (const [, link] of bytes.matchAll(/(?:href|src|action)="([^"]+)"/g)) {
      const address = new URL(link.replaceAll('&amp;', '&'), base + where);
      if (address.origin === base && address.pathname.startsWith('/shide')) waiting.push(address.pathname + address.search);
    }
  }
  return pages;
}
