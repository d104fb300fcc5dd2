// Templates of opinions on the page of a decision: a click, or Alt with the number, puts the words where they belong.
const panel = document.querySelector("[data-offered]");
const buttons = [...(panel?.querySelectorAll("button[data-text]") ?? [])];

function use(button) {
  const form = button.closest("form");
  const field = form.elements[button.dataset.into];
  if (!field) return;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  const before = field.value.trimEnd();
  field.value = before ? `${before}\n${button.dataset.text}` : button.dataset.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  note(form, button.value);
  field.focus();
}

function note(form, id) {
  if (form.querySelector(`input[name=used][value="${id}"]`)) return;
  const hidden = document.createElement("input");
  hidden.type = "hidden";
  hidden.name = "used";
  hidden.value = id;
  form.append(hidden);
}

for (const button of buttons) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    use(button);
  });
}

document.addEventListener("keydown", (event) => {
  const digit = /^Digit([1-9])$/.exec(event.code);
  if (!digit || !event.altKey || event.ctrlKey || event.metaKey) return;
  const button = buttons[Number(digit[1]) - 1];
  if (!button) return;
  event.preventDefault();
  use(button);
});
