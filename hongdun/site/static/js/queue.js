// Keeps the screen for those who wait at the counter fresh.
import { put } from "./fragments.js";

const EVERY = 5000;
const screen = document.querySelector("[data-queue]");

async function refresh() {
  try {
    const answer = await fetch(screen.dataset.queue);
    if (answer.ok && !answer.redirected) put(screen, await answer.text());
  } catch {
    // The next one may come through.
  }
}

if (screen) setInterval(refresh, EVERY);
