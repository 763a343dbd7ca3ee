// A browser without a screen: keeps cookies, follows where it is told to. `site` gives the address of the WordPress it signs in at.
export function browser_of(site) {
  return class {
    constructor() { this.cookies = new Map(); }
    async open(address, options = {}) {
      const headers = { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'accept-language': 'zh-CN', ...options.headers };
      const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(20000), ...options, headers });
      for (const line of answer.headers.getSetCookie()) {
        const [pair, ...rest] = line.split(';');
        const name = pair.slice(0, pair.indexOf('='));
        const gone = rest.some((one) => /max-age=0\b|expires=.*19[67]\d|expires=.*2025/i.test(one));
        if (gone) this.cookies.delete(name);
        else this.cookies.set(name, pair.slice(pair.indexOf('=') + 1));
      }
      return { status: answer.status, headers: answer.headers, address, to: answer.headers.get('location') && new URL(answer.headers.get('location'), address).href, body: await answer.text() };
    }
    async follow(address) {
      this.way = [address];
      let answer = await this.open(address);
      for (let i = 0; i < 10 && answer.to; ++i) {
        this.way.push(answer.to);
        answer = await this.open(answer.to);
      }
      return answer;
    }
    send(address, fields) {
      return this.open(address, { method: 'POST', body: new URLSearchParams(fields), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    }
    async sign_in_at_site(login, password) {
      await this.open(`${site()}/wp-login.php`);
      return this.send(`${site()}/wp-login.php`, { log: login, pwd: password, testcookie: '1', redirect_to: `${site()}/wp-admin/` });
    }
  };
}

// The value of a hidden field.
export const hidden = (page, name) => page.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1].replaceAll('&amp;', '&') ?? '';
