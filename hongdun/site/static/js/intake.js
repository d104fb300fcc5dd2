// The operator's page: finds the merchant while it is typed (a combobox), shows earlier matters beside the form.
import { offerEntities } from "./combobox.js";
import { part, put } from "./fragments.js";

const form = document.querySelector("[data-intake]");
const field = (name) => form.elements.namedItem(name);
const code = field("entity");
const place = (name) => document.querySelector(`[data-${name}]`);

offerEntities({
  input: field("merchant"), code, address: field("merchant_address"), source: place("entities").dataset.entities,
  label: "登记簿中的市场主体", chosen: () => { compare(); suggest(); },
});

async function show(name, values) {
  put(place(name), (await part(`${place(name).dataset[name]}?${new URLSearchParams(values)}`)) ?? "");
}

function compare() {
  show("similar", { phone: field("sender_phone").value, entity: code.value, problem: field("problem_class").value });
}

function recall() {
  const values = { phone: field("sender_phone").value, call: field("call").value };
  if (values.phone || values.call) show("caller", values);
}

async function suggest() {
  const body = new FormData();
  body.set("text", field("text").value);
  if (code.value) body.set("business", field("merchant").value);
  body.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
  if (!body.get("text").trim()) return;
  const found = await part(place("suggest").dataset.suggest, { method: "POST", body });
  if (found !== null) put(place("suggest"), found);
}

place("suggest").addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  if (!button) return;
  field(button.dataset.take).value = button.dataset.value;
  field(button.dataset.take).dispatchEvent(new Event("change"));
  button.disabled = true;
});

function explain() {
  const words = field("text").value.trim();
  if (words) show("answers", { q: words });
}

field("text").addEventListener("change", suggest);
field("text").addEventListener("change", explain);
// The telephone is in a window of its own, so that a call outlives this page. A call, whoever made it, fills in who is
// on the line while nothing has been typed yet.
new BroadcastChannel("hongdun:call").addEventListener("message", ({ data }) => {
  if (data.ended || field("sender_phone").value || field("text").value) return;
  field("call").value = data.call;
  field("sender_phone").value = data.caller;
  recall();
});
field("problem_class").addEventListener("change", compare);
field("sender_phone").addEventListener("change", () => {
  recall();
  if (code.value) compare();
});
// What the form was opened with, and what was typed before this script ran.
window.addEventListener("pageshow", () => {
  recall();
  suggest();
  explain();
  if (code.value) compare();
});
