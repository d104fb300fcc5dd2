// Every page: starts govuk-frontend in Chinese, makes a second click harmless, saves drafts, folds filters on phones.
import { initAll } from "../vendor/govuk-frontend.min.js";
import { autosave } from "./autosave.js";

const REPEAT_AFTER = 8000; // ms; a download leaves the page open, so its button must come back

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll({
  characterCount: {
    i18n: {
      charactersUnderLimit: { other: "还可以写 %{count} 个字" },
      charactersAtLimit: "字数正好",
      charactersOverLimit: { other: "超出 %{count} 个字，请删减" },
      textareaDescription: { other: "最多 %{count} 个字" },
    },
  },
  passwordInput: {
    i18n: {
      showPassword: "显示",
      hidePassword: "隐藏",
      showPasswordAriaLabel: "显示密码",
      hidePasswordAriaLabel: "隐藏密码",
      passwordShownAnnouncement: "密码已显示",
      passwordHiddenAnnouncement: "密码已隐藏",
    },
  },
});

function submitOnce(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  markBusy(form, true);
  setTimeout(() => release(form), REPEAT_AFTER);
}

// aria-disabled keeps the name and value of the pressed button in what is sent; `disabled` would drop them.
function markBusy(form, busy) {
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function release(form) {
  delete form.dataset.sent;
  markBusy(form, false);
}

function foldFilters() {
  if (!window.matchMedia("(max-width: 40.0525em)").matches) return;
  for (const filters of document.querySelectorAll("details[data-fold-on-phone]")) filters.open = false;
}

document.addEventListener("submit", submitOnce);
// The page may come back from the browser's cache with its buttons still held.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
foldFilters();
document.querySelectorAll("form[data-autosave]").forEach(autosave);
