// Saves a draft of <form data-autosave="address"> while it is filled in; the server answers 2xx when it is kept.
import { whenEdited } from "./typed.js";

const PAUSE = 1500; // ms without typing
const AGAIN = 3000; // ms after a save that failed; doubled each time, up to a minute

export function autosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0;
  let unsaved = false;
  let failures = 0;

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
      failures = 0;
      say(`已自动保存 ${new Date().toTimeString().slice(0, 5)}`, false);
    } catch {
      unsaved = true;
      timer = setTimeout(save, Math.min(AGAIN * 2 ** failures, 60_000));
      failures += 1;
      say("暂时没能自动保存，稍后会再试；也可以按“保存并继续”", true);
    }
  }

  function soon() {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", soon);
  if (!cameBack()) whenEdited(form, soon);
  document.addEventListener("visibilitychange", () => document.hidden && save(true));
  window.addEventListener("online", () => save());
}

// Who goes back sees what they sent from here before: that was kept then, and may have been changed since.
const cameBack = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward";

// Files travel with the real submission only.
function draftOf(form) {
  const data = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file], input[type=password]")) data.delete(input.name);
  return data;
}
