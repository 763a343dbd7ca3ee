// Photos of the story, drawn in the browser: every number another picture, and nobody in it.
export async function draw_photos(browser, count) {
  const page = await browser.newPage({ viewport: { width: 640, height: 480 } });
  const photos = [];
  for (let number = 0; number < count; ++number) {
    await page.setContent('<body style="margin:0"><canvas width="640" height="480"></canvas>');
    await page.evaluate((seed) => {
      let state = seed * 2654435761 % 4294967296;
      const next = () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
      const pen = document.querySelector('canvas').getContext('2d');
      for (let shape = 0; shape < 40; ++shape) {
        pen.fillStyle = `hsl(${next() * 360} 40% ${20 + next() * 60}%)`;
        pen.fillRect(next() * 640 - 100, next() * 480 - 100, 60 + next() * 260, 60 + next() * 260);
      }
    }, number + 1);
    photos.push(await page.screenshot());
  }
  await page.close();
  return photos;
}
