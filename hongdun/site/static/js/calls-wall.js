// Keeps the supervisor's figures fresh, and lets them listen, whisper and barge in by their own softphone.
import { part, put } from "./fragments.js";

const EVERY = 3000;
const wall = document.querySelector("[data-wall]");

async function refresh() {
  const fresh = await part(wall.dataset.wall);
  if (fresh !== null && !wall.matches(":focus-within")) put(wall, fresh);
}

wall?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-monitor]");
  if (!button) return;
  document.dispatchEvent(
    new CustomEvent("hongdun:monitor", { detail: { call: button.dataset.call, mode: button.dataset.monitor } }),
  );
});
if (wall) setInterval(refresh, EVERY);
