// Saves a draft of <form data-autosave="address"> while it is filled in; the server answers 2xx when it is kept.
const PAUSE = 1500; // ms without typing

export function autosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0;
  let unsaved = false;

  const say = (words, failed) => {
    if (!status) return;
    status.textContent = words;
    status.classList.toggle("hd-saved--failed", failed);
  };

  async function save(keepalive = false) {
    clearTimeout(timer);
    if (!unsaved || form.dataset.sent) return;
    unsaved = false;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: draftOf(form), keepalive });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      say(`已自动保存 ${new Date().toTimeString().slice(0, 5)}`, false);
    } catch {
      unsaved = true;
      say("暂时没能自动保存，请检查网络；按“保存并继续”可再试", true);
    }
  }

  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  document.addEventListener("visibilitychange", () => document.hidden && save(true));
  window.addEventListener("online", () => save());
}

// Files travel with the real submission only.
function draftOf(form) {
  const data = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file], input[type=password]")) data.delete(input.name);
  return data;
}
