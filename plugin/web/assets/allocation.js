// 分配建议: says at once what a move breaks, by asking the server what the button 看看行不行 would ask. Without this script the button does it.
const form = document.getElementById('allocation');
let last = 0;
form.addEventListener('change', async () => {
  const turn = ++last;
  const fields = new FormData(form);
  fields.set('act', 'check');
  const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(fields) }).catch(() => null);
  if (!answer?.ok || turn !== last) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (!page.getElementById('allocation')) return;
  document.getElementById('said').replaceWith(page.getElementById('said'));
  for (const row of form.querySelectorAll('tbody tr')) {
    const now = page.getElementById(row.id);
    const error = row.querySelector('.error'), said = now.querySelector('.error');
    row.className = now.className;
    error?.remove();
    if (said) row.querySelector('.places').append(said);
    for (const select of row.querySelectorAll('select')) {
      for (const name of ['aria-invalid', 'aria-describedby']) {
        const value = now.querySelector('select').getAttribute(name);
        if (value) select.setAttribute(name, value); else select.removeAttribute(name);
      }
    }
  }
});
