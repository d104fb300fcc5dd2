// Buttons of a public page that need a script: share it by the system's own sheet, copy its address, print it.
const SAID_FOR = 3000; // ms

function livens(selector, possible, act) {
  for (const button of document.querySelectorAll(selector)) {
    if (!possible) continue;
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  }
}

async function copy(button) {
  const words = button.textContent;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = words; }, SAID_FOR);
}

// Closing the system's sheet without choosing is no failure.
function share(button) {
  navigator.share({ title: document.title, url: button.dataset.share }).catch(() => {});
}

livens("[data-share]", Boolean(navigator.share), share);
livens("[data-copy]", Boolean(navigator.clipboard), copy);
livens("[data-print]", true, () => window.print());
