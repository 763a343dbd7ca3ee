// Never lose a sentence: what is typed into a record is kept on the device at once, and on the server as soon as there is a
// network. The page works without this script; it only adds to it.
//
// A draft is kept under who typed it and which record it is for, so it never turns up in another pupil's form or after another
// person's sign-in: each signed-in page drops the drafts of everybody else, and signing out drops them all. It goes from the device
// when the server has every word of it. Who changed what is decided by the server, by the marks in `seen` (visit/record_merge.h).
(() => {
  const me = document.currentScript.dataset.owner ?? '';
  const write_after = 700, sync_after = 2500, retry_after = 15000;  // milliseconds
  const sleep = (time) => new Promise((done) => setTimeout(done, time));

  // ── the device ──

  const asked = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = () => failed(request.error); });
  let opened;
  function database() {
    opened ??= new Promise((done, failed) => {
      const request = indexedDB.open('shide-drafts', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('drafts', { keyPath: ['owner', 'record'] });
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    return opened;
  }
  /// One transaction on the drafts; done only when it is on the disk.
  async function on_device(mode, work) {
    const transaction = (await database()).transaction('drafts', mode, { durability: 'strict' });
    const finished = new Promise((done, failed) => { transaction.oncomplete = done; transaction.onabort = () => failed(transaction.error); });
    const result = await work(transaction.objectStore('drafts'));
    await finished;
    return result;
  }
  async function keep_only(owner) {
    await on_device('readwrite', async (drafts) => {
      for (const key of await asked(drafts.getAllKeys())) if (key[0] !== owner) drafts.delete(key);
    });
  }

  for (const form of document.querySelectorAll('form[action$="/logout"]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      // Whatever the device answers, nobody is kept from signing out.
      Promise.race([keep_only(null).catch(() => {}), sleep(2000)]).then(() => form.submit());
    });
  }
  const tidied = me ? keep_only(me).catch(() => {}) : Promise.resolve();

  // ── the form ──

  const form = document.querySelector('form[data-record], form[data-offline]');
  if (!form || !('indexedDB' in window)) return;
  const is_offline_page = 'offline' in form.dataset;
  const was_refused = 'typed' in form.dataset;  // both versions or a mistake stand beside the fields: a person decides, by the button
  const record = is_offline_page ? /\/visits\/([0-9a-f-]{36})\/?$/.exec(location.pathname)?.[1] : form.dataset.record;
  if (!record) return;
  const words = ['visited_at', 'narrative', 'reflection', 'alone_reason_words', 'outside_window_reason_words', 'late_preparation_reason_words',
    'photo_waiver', 'demand_text', 'demand_topic'];
  const ticks = ['mode', 'topics', 'no_demand', 'absent', 'alone_reason', 'outside_window_reason', 'late_preparation_reason'];
  const only_by_button = ['demand_text', 'demand_topic', 'absent'];  // a demand half written is not yet what the family said
  const all = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
  const value = (name) => all(name)[0]?.value ?? '';

  function typed() {
    const fields = {};
    for (const name of words) if (all(name).length) fields[name] = value(name).replaceAll('\r\n', '\n');
    for (const name of ticks) if (all(name).length) fields[name] = all(name).filter((one) => one.checked).map((one) => one.value).sort();
    return fields;
  }
  function put(name, wanted) {
    for (const one of all(name)) {
      if (ticks.includes(name)) one.checked = wanted.includes(one.value);
      else if (one.value !== wanted) one.value = wanted;
    }
  }
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  function changed(fields, base) { return Object.keys(fields).filter((name) => !same(fields[name], base[name])); }

  let base = typed();  // what the page, or the last answer of the server, showed
  let owner = me, kept_at_start = null, conflict = false, writing = false, syncing = false;

  function show(state) {
    for (const one of document.querySelectorAll('[data-draft]')) one.hidden = one.dataset.draft !== state;
  }
  function draft() {
    const fields = typed(), mine = {}, under = {};
    for (const name of changed(fields, base)) { mine[name] = fields[name]; under[name] = base[name] ?? null; }
    return { owner, record, fields: mine, base: under, version: value('version'), seen: value('seen'), demand: value('demand_id') };
  }

  async function write() {
    if (!owner) return;
    const now = draft();
    const any = Object.keys(now.fields).length > 0;
    if (is_offline_page) {
      // The rest of the draft, which this page does not show, stays as it is.
      now.fields = { ...kept_at_start.fields, ...typed() };
      Object.assign(now, { base: kept_at_start.base, version: kept_at_start.version, seen: kept_at_start.seen, demand: kept_at_start.demand });
    }
    await on_device('readwrite', (drafts) => (any || is_offline_page ? drafts.put(now) : drafts.delete([owner, record])));
    if (any || is_offline_page) show(conflict ? 'clash' : 'local');
  }

  // ── the server ──

  function body() {
    const fields = typed();
    const reason = (name) => fields[`${name}_words`]?.trim() || fields[name]?.[0] || '';
    return { visited_at: fields.visited_at, mode: fields.mode?.[0] ?? '', narrative: fields.narrative, reflection: fields.reflection, topics: fields.topics,
      alone_reason: reason('alone_reason'), outside_window_reason: reason('outside_window_reason'), late_preparation_reason: reason('late_preparation_reason'),
      photo_waiver: fields.photo_waiver, no_demand: fields.no_demand?.[0] === 'yes', seen: value('seen') };
  }
  const call = (method, extra = {}) => fetch(form.dataset.api, { method, credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout?.(20000), ...extra });

  /// What the answer holds of a field, as `typed` would give it; undefined where it cannot be told from the form.
  function stored(answer, name) {
    if (name === 'mode') return answer.mode ? [answer.mode] : [];
    if (name === 'topics') return [...answer.topics].sort();
    if (name === 'no_demand') return answer.no_demand ? ['yes'] : [];
    if (['narrative', 'reflection', 'photo_waiver'].includes(name)) return answer[name];
    return undefined;
  }
  /// The server's answer becomes what the form began from. A colleague's words come in where nothing was typed since it was sent.
  function begin_from(answer, sent) {
    for (const name of Object.keys(sent)) {
      if (only_by_button.includes(name)) continue;
      const theirs = stored(answer, name) ?? sent[name];
      if (!same(theirs, sent[name]) && same(typed()[name], sent[name])) put(name, theirs);
      base[name] = typeof theirs === 'string' && theirs.trim() === String(sent[name]).trim() ? sent[name] : theirs;  // blanks at the ends are no change
    }
    put('version', String(answer.version));
    put('seen', answer.seen + (/ absent:\S+/.exec(value('seen'))?.[0] ?? ''));
    for (const one of form.querySelectorAll('[data-hint]')) one.hidden = !answer.hints.includes(one.dataset.hint);
    for (const box of form.querySelectorAll('[data-hints]')) box.hidden = answer.hints.length === 0;
  }

  function ask(answer, fields) {
    conflict = true;
    show('clash');
    const open = new Set();
    for (const name of fields) {
      const beside = all(name)[0]?.closest('.field');
      const theirs = stored(answer, name);
      if (!beside || theirs === undefined || beside.querySelector('[data-clash]')) continue;
      const box = document.getElementById('draft-clash').content.firstElementChild.cloneNode(true);
      box.dataset.clash = name;
      const label = (one) => all(name).find((input) => input.value === one)?.parentElement.innerText ?? one;
      box.querySelector('blockquote').textContent = typeof theirs === 'string' ? theirs : theirs.map(label).join(' ');
      if (typeof theirs !== 'string') box.querySelector('[data-keep="all"]').remove();
      open.add(name);
      box.addEventListener('click', (event) => {
        const keep = event.target.dataset?.keep;
        if (!keep) return;
        if (keep === 'theirs') put(name, theirs);
        if (keep === 'all') put(name, `${theirs}\n${value(name)}`);
        box.remove();
        all(name)[0].focus();
        open.delete(name);
        if (open.size === 0) settle(answer);
      });
      beside.append(box);
    }
    if (open.size === 0) settle(answer);  // nothing of it can be asked here: the button asks, as without this script
  }
  /// Everything was chosen with both versions before one's eyes: from now on it is an edit of the stored one.
  function settle(answer) {
    conflict = false;
    put('version', String(answer.version));
    put('seen', answer.seen + (/ absent:\S+/.exec(value('seen'))?.[0] ?? ''));
    for (const name of Object.keys(base)) if (stored(answer, name) !== undefined) base[name] = stored(answer, name);
    changed_now();
    sync();
  }

  let again;
  function later(time) { clearTimeout(again); again = setTimeout(sync, time); }
  async function sync() {
    if (is_offline_page || was_refused || syncing || conflict || !form.dataset.api) return;
    const fields = typed();
    if (changed(fields, base).every((name) => only_by_button.includes(name))) return;
    syncing = true;
    try {
      const answer = await call('PUT', { headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': value('csrf'), 'If-Match': `"${value('version')}"` },
        body: JSON.stringify(body()) });
      if (answer.ok) {
        begin_from(await answer.json(), fields);
        await write();
        if (changed(typed(), base).length === 0) show('synced');
        else later(sync_after);
      } else if (answer.status === 412) {
        const problem = await answer.json();
        const now = await (await call('GET')).json();
        if (['draft', 'returned'].includes(now.state)) ask(now, problem.fields.map((one) => one.path));
        else show('refused');  // handed in meanwhile: the button says so
      } else if (answer.status === 422) {
        show('refused');  // the button says where; more typing tries again
      } else {
        later(retry_after);  // signed out, or the server is not well: the words stay here
      }
    } catch {
      later(retry_after);
    } finally {
      syncing = false;
    }
  }

  let timer;
  function changed_now() {
    if (!writing) {
      writing = true;
      timer = setTimeout(() => { writing = false; write().catch(() => {}); }, write_after);
    }
    later(sync_after);
  }
  function write_now() {
    if (!writing) return;
    clearTimeout(timer);
    writing = false;
    write().catch(() => {});
  }

  // ── the beginning ──

  /// Words from an earlier opening of this page come back where they were typed.
  async function bring_back() {
    const kept = await on_device('readonly', (drafts) => asked(is_offline_page ? drafts.getAll() : drafts.get([me, record])));
    if (is_offline_page) {
      // Only one person's drafts are on a device: those of who signed in last.
      kept_at_start = kept.find((one) => one.record === record) ?? null;
      if (!kept_at_start) return;
      owner = kept_at_start.owner;
      for (const name of ['narrative', 'reflection']) {
        if (name in kept_at_start.fields) put(name, kept_at_start.fields[name]);
        else all(name)[0].closest('.field').remove();
      }
      form.hidden = false;
      show('local');
      return;
    }
    if (!kept) return;
    if (was_refused) { Object.assign(base, kept.base); return; }  // the page shows what was typed: newer than the draft, and as unsaved
    if (form.dataset.demands.split(' ').includes(kept.demand)) { delete kept.fields.demand_text; delete kept.fields.demand_topic; }
    const mine = Object.keys(kept.fields).filter((name) => !same(kept.fields[name], base[name]));
    if (mine.length === 0) { await on_device('readwrite', (drafts) => drafts.delete([me, record])); return; }
    const fresh = typed();
    for (const name of mine) {
      put(name, kept.fields[name]);
      if (name === 'demand_text') { put('demand_id', kept.demand); all(name)[0].closest('details')?.setAttribute('open', ''); }
      if (name === 'absent') all(name)[0].closest('details')?.setAttribute('open', '');
    }
    // What changed on the server since, in fields that were typed in here: the server shall compare with what the writer saw.
    if (mine.some((name) => !same(kept.base[name], fresh[name]))) {
      const seen_then = new Map(kept.seen.split(' ').map((one) => one.split(':')));
      const marks = value('seen').split(' ').map((one) => one.split(':')).map(([name, mark]) => `${name}:${mine.includes(name) ? seen_then.get(name) ?? mark : mark}`);
      put('seen', marks.join(' '));
      put('version', kept.version);
    }
    show('local');
    later(0);
  }

  form.addEventListener('input', changed_now);
  form.addEventListener('change', changed_now);
  document.addEventListener('visibilitychange', write_now);
  window.addEventListener('pagehide', write_now);
  window.addEventListener('online', () => (is_offline_page ? location.reload() : later(0)));
  form.addEventListener('submit', (event) => {
    if (is_offline_page || !navigator.onLine) event.preventDefault();  // a form sent nowhere would leave an error page behind
    write_now();
    clearTimeout(again);
  });
  if (is_offline_page) setInterval(() => fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then((answer) => { if (answer.ok) location.reload(); }, () => {}), retry_after);

  if (!is_offline_page && !was_refused && !document.querySelector('[data-draft="stored"]')) show('synced');  // nothing was typed yet
  tidied.then(bring_back).catch(() => {});
  if (form.dataset.worker && 'serviceWorker' in navigator) navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.scope }).catch(() => {});
})();
