// What was typed, ticked or chosen before a script ran, and what the browser put back, counts like what comes later.
export function isEdited(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
}

const holdsValue = (field) => field.matches("input:not([type=hidden], [type=file]), textarea, select");

// Some browsers put values back only after the page has been read, but all before they show it.
export function whenEdited(form, act) {
  window.addEventListener("pageshow", () => {
    if ([...form.elements].some((field) => holdsValue(field) && isEdited(field))) act();
  });
}
