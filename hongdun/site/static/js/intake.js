// The operator's page: finds the merchant while it is typed (a combobox), shows earlier matters beside the form.
import { put } from "./fragments.js";

const PAUSE = 250; // ms without typing
const SHORTEST = 2;

const form = document.querySelector("[data-intake]");
const field = (name) => form.elements.namedItem(name);
const merchant = field("merchant");
const code = field("entity");
const place = (name) => document.querySelector(`[data-${name}]`);

const list = document.createElement("ul");
list.id = "merchant-options";
list.className = "hd-options";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "登记簿中的市场主体");
list.hidden = true;
merchant.after(list);
for (const [name, value] of [
  ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id],
]) merchant.setAttribute(name, value);

let timer = 0;
let asked = "";
let current = -1;

async function fragment(name, values) {
  const answer = await fetch(`${place(name).dataset[name]}?${new URLSearchParams(values)}`);
  return answer.ok ? answer.text() : "";
}

async function look() {
  const words = merchant.value.trim();
  if (words.length < SHORTEST) return close();
  asked = words;
  const found = await fragment("entities", { q: words });
  if (asked !== words) return;
  put(list, found);
  current = -1;
  list.hidden = !list.children.length;
  merchant.setAttribute("aria-expanded", String(!list.hidden));
}

function close() {
  asked = "";
  list.hidden = true;
  current = -1;
  merchant.setAttribute("aria-expanded", "false");
  merchant.removeAttribute("aria-activedescendant");
}

function move(step) {
  const options = [...list.children];
  if (!options.length) return;
  current = (current + step + options.length) % options.length;
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === current)));
  merchant.setAttribute("aria-activedescendant", options[current].id);
  options[current].scrollIntoView({ block: "nearest" });
}

function choose(option) {
  merchant.value = option.dataset.name;
  code.value = option.dataset.code;
  if (!field("merchant_address").value) field("merchant_address").value = option.dataset.address;
  close();
  compare();
}

async function compare() {
  const values = { phone: field("sender_phone").value, entity: code.value, problem: field("problem_class").value };
  put(place("similar"), await fragment("similar", values));
}

async function recall() {
  const values = { phone: field("sender_phone").value, call: field("call").value };
  if (values.phone || values.call) put(place("caller"), await fragment("caller", values));
}

async function suggest() {
  const body = new FormData();
  body.set("text", field("text").value);
  body.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
  if (!body.get("text").trim()) return;
  const answer = await fetch(place("suggest").dataset.suggest, { method: "POST", body });
  if (answer.ok) put(place("suggest"), await answer.text());
}

place("suggest").addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  if (!button) return;
  field(button.dataset.take).value = button.dataset.value;
  field(button.dataset.take).dispatchEvent(new Event("change"));
  button.disabled = true;
});
async function explain() {
  const words = field("text").value.trim();
  if (words) put(place("answers"), await fragment("answers", { q: words }));
}

field("text").addEventListener("change", suggest);
field("text").addEventListener("change", explain);
// The telephone is in a window of its own, so that a call outlives this page. A call that is put through while nothing
// has been typed yet fills in who calls.
new BroadcastChannel("hongdun:call").addEventListener("message", ({ data }) => {
  if (data.outbound || field("sender_phone").value || field("text").value) return;
  field("call").value = data.call;
  field("sender_phone").value = data.caller;
  recall();
});
merchant.addEventListener("input", () => {
  code.value = "";
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});
merchant.addEventListener("keydown", (event) => {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (list.hidden || event.isComposing) return;
  if (event.key in steps) move(steps[event.key]);
  else if (event.key === "Enter" && current >= 0) choose(list.children[current]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
});
list.addEventListener("mousedown", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) choose(option);
});
merchant.addEventListener("blur", close);
field("problem_class").addEventListener("change", compare);
field("sender_phone").addEventListener("change", () => {
  recall();
  if (code.value) compare();
});
recall();
if (merchant === document.activeElement) look();
