// Buttons that copy a text: 发前一查, the bundle for another portal. Without this script they stay hidden, and the text is selected by hand.
for (const button of document.querySelectorAll('button[data-copies]')) {
  const area = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener('click', async () => {
    area.select();
    // The clipboard of old browsers, and of pages without TLS, knows only the second way.
    try { await navigator.clipboard.writeText(area.value); } catch { document.execCommand('copy'); }
    button.textContent = button.dataset.done;
  });
}
