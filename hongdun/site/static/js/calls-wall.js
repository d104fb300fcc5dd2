// Keeps the supervisor's figures fresh, and lets them listen, whisper and barge in by their own softphone.
import { put } from "./fragments.js";

const EVERY = 3000;
const wall = document.querySelector("[data-wall]");

async function refresh() {
  try {
    const answer = await fetch(wall.dataset.wall);
    if (answer.ok && !answer.redirected && !wall.matches(":focus-within")) put(wall, await answer.text());
  } catch {
    // The next one may come through.
  }
}

wall?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-monitor]");
  if (!button) return;
  document.dispatchEvent(
    new CustomEvent("hongdun:monitor", { detail: { call: button.dataset.call, mode: button.dataset.monitor } }),
  );
});
if (wall) setInterval(refresh, EVERY);
