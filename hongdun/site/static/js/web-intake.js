// The citizen's form: merchants of the register are offered while the name is typed; without it the name is enough.

const PAUSE = 300; // ms without typing
const SHORTEST = 2;

const merchant = document.querySelector("[name=merchant]");
const code = document.querySelector("[name=entity]");
const address = document.querySelector("[name=merchant_address]");
const source = document.querySelector("[data-entities]").dataset.entities;

const list = document.createElement("ul");
list.id = "merchant-options";
list.className = "hd-options";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "登记簿中的商家");
list.hidden = true;
merchant.after(list);
for (const [name, value] of [
  ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id],
]) merchant.setAttribute(name, value);

let timer = 0;
let asked = "";
let current = -1;

async function look() {
  const words = merchant.value.trim();
  if (words.length < SHORTEST) return close();
  asked = words;
  const answer = await fetch(`${source}?${new URLSearchParams({ q: words })}`);
  if (!answer.ok || asked !== words) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  list.replaceChildren(...page.querySelectorAll("[role=option]"));
  current = -1;
  list.hidden = !list.children.length;
  merchant.setAttribute("aria-expanded", String(!list.hidden));
}

function close() {
  asked = "";
  list.hidden = true;
  merchant.setAttribute("aria-expanded", "false");
  merchant.removeAttribute("aria-activedescendant");
}

function move(step) {
  const options = [...list.children];
  if (!options.length) return;
  current = (current + step + options.length) % options.length;
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === current)));
  merchant.setAttribute("aria-activedescendant", options[current].id);
}

function choose(option) {
  merchant.value = option.dataset.name;
  code.value = option.dataset.code;
  if (!address.value) address.value = option.dataset.address;
  close();
}

merchant.addEventListener("input", () => {
  code.value = "";
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});
merchant.addEventListener("keydown", (event) => {
  if (list.hidden) return;
  if (event.key === "ArrowDown") move(1);
  else if (event.key === "ArrowUp") move(-1);
  else if (event.key === "Escape") close();
  else if (event.key === "Enter" && current >= 0) choose(list.children[current]);
  else return;
  event.preventDefault();
});
list.addEventListener("pointerdown", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) choose(option);
  event.preventDefault();
});
merchant.addEventListener("blur", close);
// Who types faster than this script is loaded is offered something all the same.
if (merchant === document.activeElement) look();
