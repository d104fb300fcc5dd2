// Keeps the screen for those who wait at the counter fresh.
import { part, put } from "./fragments.js";

const EVERY = 5000;
const screen = document.querySelector("[data-queue]");

async function refresh() {
  const fresh = await part(screen.dataset.queue);
  if (fresh !== null) put(screen, fresh);
}

if (screen) setInterval(refresh, EVERY);
