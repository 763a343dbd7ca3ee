// A photo of a home, before it leaves the phone: made small, looked at, a face or a door number painted over by a finger. What is
// sent is only the result. Without this script the photo goes as it is, and the server makes it small.
(() => {
  const longest = 1600, quality = 0.85;  // pixels of the longer side, as many as the server keeps; of the JPEG
  const coarse = 24;                     // pixels that are left of the whole picture below the finger: no face is known by them
  const parts = document.getElementById('photo-editor')?.content;
  const inputs = [...document.querySelectorAll('form[data-record] input[type="file"][name^="photo_"]')];
  if (!parts || !window.createImageBitmap || !window.DataTransfer) return;
  const copy = (name) => parts.querySelector(`[data-part="${name}"]`).cloneNode(true);
  const megabytes = (bytes) => (bytes / 1048576).toFixed(bytes < 1048576 ? 2 : 1);
  const chosen = new Map();  // input -> the bytes as they were chosen

  function clear(field) {
    for (const one of field.querySelectorAll('[data-part]')) one.remove();
    field.classList.remove('whole-row');
  }
  function say(field, name) { field.append(copy(name)); }

  async function ask_if_same() {
    for (const field of inputs.map((one) => one.closest('.field'))) field.querySelector('[data-part="same"]')?.remove();
    const [first, second] = [...chosen.values()];
    if (!second || first.length !== second.length || first.some((byte, i) => byte !== second[i])) return;
    say([...chosen.keys()].at(-1).closest('.field'), 'same');
  }

  async function edit(input) {
    const field = input.closest('.field'), file = input.files[0];
    clear(field);
    chosen.delete(input);
    if (!file) return ask_if_same();
    if (/hei[cf]/i.test(file.type) || /\.hei[cf]$/i.test(file.name)) {
      input.value = '';
      say(field, 'heic');
      return ask_if_same();
    }
    let picture;
    // What the browser cannot read the server will name, with advice.
    try { picture = await createImageBitmap(file, { imageOrientation: 'from-image' }); } catch { return; }
    chosen.set(input, new Uint8Array(await file.arrayBuffer()));
    await ask_if_same();
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const editor = copy('editor'), canvas = editor.querySelector('canvas'), pen = canvas.getContext('2d');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const small = document.createElement('canvas');
    const least = coarse / Math.max(canvas.width, canvas.height);
    small.width = Math.max(1, Math.round(canvas.width * least));
    small.height = Math.max(1, Math.round(canvas.height * least));
    const draw = () => pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    draw();
    small.getContext('2d').drawImage(canvas, 0, 0, small.width, small.height);
    field.append(editor);

    async function keep() {
      const bytes = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
      const one = new DataTransfer();
      one.items.add(new File([bytes], `${file.name.replace(/\.[^.]*$/, '')}.jpg`, { type: 'image/jpeg' }));
      input.files = one.files;
      for (const [place, size] of [['before', file.size], ['after', bytes.size]]) editor.querySelector(`[data-size="${place}"]`).textContent = megabytes(size);
      editor.querySelector('[data-sizes]').hidden = false;
    }
    if (scale < 1) await keep();  // a small one goes as it is, byte for byte

    const button = (name) => editor.querySelector(`[data-photo="${name}"]`);
    let painting = false;
    function paint(event) {
      const shown = canvas.getBoundingClientRect(), zoom = canvas.width / shown.width;
      const x = (event.clientX - shown.left) * zoom, y = (event.clientY - shown.top) * zoom;
      pen.save();
      pen.beginPath();
      pen.arc(x, y, 26 * zoom, 0, 2 * Math.PI);
      pen.clip();
      pen.drawImage(small, 0, 0, canvas.width, canvas.height);
      pen.restore();
    }
    const is_on = () => button('blur').getAttribute('aria-pressed') === 'true';
    button('blur').addEventListener('click', () => {
      const on = !is_on();
      button('blur').setAttribute('aria-pressed', String(on));
      field.classList.toggle('whole-row', on);
      canvas.classList.toggle('painted', on);
      editor.querySelector('[data-help]').hidden = !on;
    });
    canvas.addEventListener('pointerdown', (event) => { if (is_on()) { painting = true; canvas.setPointerCapture(event.pointerId); paint(event); } });
    canvas.addEventListener('pointermove', (event) => { if (painting) paint(event); });
    for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => { if (painting) { painting = false; keep(); } });
    // Without a finger: the whole picture, which shows a room but nobody.
    button('all').addEventListener('click', () => { pen.drawImage(small, 0, 0, canvas.width, canvas.height); keep(); });
    button('undo').addEventListener('click', () => { draw(); keep(); });
  }
  for (const input of inputs) input.addEventListener('change', () => edit(input));
})();
