// Phrases for the business scope are offered while words are typed; one press adds a phrase to the scope.
import { part, put } from "./fragments.js";

const PAUSE = 250; // ms without typing

const panel = document.querySelector("[data-scope-search]");
const scope = document.querySelector("textarea[name=scope]");
const words = panel?.querySelector("input");
const found = panel?.querySelector("[data-scope-found]");

let timer = 0;
let asked = "";

async function look() {
  const wanted = words.value.trim();
  if (wanted === asked) return;
  asked = wanted;
  const markup = await part(`${panel.dataset.scopeSearch}?${new URLSearchParams({ q: wanted, part: "1" })}`);
  if (markup !== null && asked === wanted) put(found, markup);
}

function add(phrase) {
  const items = scope.value.split(/[；;。]/).map((item) => item.replace(/^(一般|许可)项目[：:]/, "").trim());
  if (items.includes(phrase)) return;
  const before = scope.value.trimEnd().replace(/[；;。]$/, "");
  scope.value = before ? `${before}；${phrase}` : phrase;
  scope.dispatchEvent(new Event("input", { bubbles: true }));
}

if (panel && scope) {
  panel.querySelector("[data-scope-field]").hidden = false;
  found.replaceChildren();
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  found.addEventListener("click", (event) => {
    const button = event.target.closest("[data-phrase]");
    if (button) add(button.dataset.phrase);
  });
}
