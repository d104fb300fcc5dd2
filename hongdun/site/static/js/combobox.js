// Entities of the register are offered while a name is typed; without them the name alone is enough.
import { part, put } from "./fragments.js";

const PAUSE = 250; // ms without typing
const SHORTEST = 2;

// `source` answers ?q= with options that carry data-name, -code and -address; `chosen` is told when one is taken.
export function offerEntities({ input, code, address, source, label, chosen = () => {} }) {
  const list = document.createElement("ul");
  list.id = `${input.id}-options`;
  list.className = "hd-options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  list.hidden = true;
  input.after(list);
  for (const [name, value] of [
    ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id],
  ]) input.setAttribute(name, value);

  let timer = 0;
  let asked = "";
  let current = -1;

  async function look() {
    const words = input.value.trim();
    if (words.length < SHORTEST) return close();
    asked = words;
    const found = await part(`${source}?${new URLSearchParams({ q: words })}`);
    if (found === null || asked !== words) return;
    put(list, found);
    current = -1;
    list.hidden = !list.querySelector("[role=option]");
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  // What is on its way must not change the list under the fingers, nor open it again.
  function lookNoMore() {
    clearTimeout(timer);
    asked = "";
  }

  function close() {
    lookNoMore();
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function move(step) {
    lookNoMore();
    const options = [...list.querySelectorAll("[role=option]")];
    current = (current + step + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === current)));
    input.setAttribute("aria-activedescendant", options[current].id);
    options[current].scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    input.value = option.dataset.name;
    code.value = option.dataset.code;
    if (!address.value) address.value = option.dataset.address;
    close();
    chosen();
  }

  const KEYS = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: close,
    Enter: () => choose(list.querySelectorAll("[role=option]")[current]),
  };

  input.addEventListener("input", () => {
    code.value = "";
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || !(event.key in KEYS)) return;
    if (event.key === "Enter" && current < 0) return;
    KEYS[event.key]();
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
    event.preventDefault(); // the field keeps the focus
  });
  input.addEventListener("blur", close);
  // Who types faster than this script is loaded is offered something all the same.
  if (input === document.activeElement) look();
}
