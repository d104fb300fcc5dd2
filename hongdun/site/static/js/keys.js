// Keyboard of the back office. Lists are <form data-list> with <tr data-row>; the first link of a row opens it.
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const CURRENT = "hd-row-now";
const sheet = document.getElementById("hd-keys");
let waitingForGo = false;

const rows = () => [...document.querySelectorAll("tr[data-row]")];
const current = () => document.querySelector(`tr.${CURRENT}`);

function mark(row) {
  current()?.classList.remove(CURRENT);
  row.classList.add(CURRENT);
  row.scrollIntoView({ block: "nearest" });
  row.querySelector("a[href]")?.focus({ preventScroll: true });
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  mark(all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]);
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  x: () => current()?.querySelector("input[type=checkbox]")?.click(),
  Enter: () => current()?.querySelector("a[href]")?.click(),
  d: () => document.querySelector(".hd-decide :is(input:not([type=hidden]), textarea, select)")?.focus(),
  "/": () => document.querySelector("[data-search], input[type=search]")?.focus(),
  "?": () => (sheet?.open ? sheet.close() : sheet?.showModal()),
};

// Ctrl+Enter takes the way forward of a decision's page, also while typing.
function forward() {
  document.querySelector("form.hd-decide [data-forward]")?.click();
}

function press(event) {
  if (event.ctrlKey && event.key === "Enter" && !event.isComposing) return forward();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest(TYPING)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (waitingForGo && event.key === "w") location.assign("/desk/work/");
  waitingForGo = event.key === "g";
  if (sheet?.open && event.key !== "?") return;
  // A focused link or button answers Enter by itself.
  if (event.key === "Enter" && event.target.closest("a, button, summary, input")) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function countChosen(form) {
  const chosen = form.querySelectorAll("tr[data-row] input[type=checkbox]:checked").length;
  for (const place of form.querySelectorAll("[data-chosen]")) place.textContent = `已选 ${chosen} 件`;
  const all = form.querySelector("input[data-choose-all]");
  if (!all) return;
  const total = form.querySelectorAll("tr[data-row] input[type=checkbox]").length;
  all.checked = chosen > 0 && chosen === total;
  all.indeterminate = chosen > 0 && chosen < total;
}

function choose(event) {
  const form = event.target.closest("form[data-list]");
  if (!form || event.target.type !== "checkbox") return;
  if (event.target.matches("[data-choose-all]")) {
    for (const box of form.querySelectorAll("tr[data-row] input[type=checkbox]")) box.checked = event.target.checked;
  }
  countChosen(form);
}

document.addEventListener("keydown", press);
document.addEventListener("change", choose);
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-list]").forEach(countChosen));
for (const button of document.querySelectorAll("[data-show-keys]")) button.addEventListener("click", actions["?"]);
