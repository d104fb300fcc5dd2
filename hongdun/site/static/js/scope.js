// Phrases for the business scope are offered while words are typed; one press adds a phrase to the scope. Where common
// trades stand beneath as boxes to tick, the same words narrow them.
import { part, put } from "./fragments.js";

const PAUSE = 250; // ms without typing

const panel = document.querySelector("[data-scope-search]");
const scope = document.querySelector("textarea[name=scope], input[name=more]");
const boxes = [...document.querySelectorAll("input[name=chosen]")];
const words = panel?.querySelector("input");
const found = panel?.querySelector("[data-scope-found]");

let timer = 0;
let asked = "";

async function look() {
  const wanted = words.value.trim();
  if (wanted === asked) return;
  asked = wanted;
  narrow(wanted.split(/\s+/));
  const markup = await part(`${panel.dataset.scopeSearch}?${new URLSearchParams({ q: wanted, part: "1" })}`);
  if (markup === null || asked !== wanted) return;
  put(found, markup);
  for (const button of found.querySelectorAll("[data-phrase]")) if (boxOf(button.dataset.phrase)) button.closest("li").remove();
  if (boxes.some(isShown)) found.querySelector(":scope > p")?.remove(); // what was looked for stands beneath
}

const boxOf = (phrase) => boxes.find((box) => box.value === phrase);
const itemOf = (box) => box.closest(".govuk-checkboxes__item");
const isShown = (box) => !itemOf(box).hidden;

function narrow(wanted) {
  for (const box of boxes) {
    const item = itemOf(box);
    item.hidden = !box.checked && !wanted.every((word) => item.textContent.includes(word));
  }
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
  if (words.value) look(); // typed before this script ran
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  found.addEventListener("click", (event) => {
    const button = event.target.closest("[data-phrase]");
    if (!button) return;
    add(button.dataset.phrase);
    button.textContent = `✓ ${button.dataset.phrase}`;
  });
}
