// The citizen's form: merchants of the register are offered while the name is typed.
import { offerEntities } from "./combobox.js";

offerEntities({
  input: document.querySelector("[name=merchant]"),
  code: document.querySelector("[name=entity]"),
  address: document.querySelector("[name=merchant_address]"),
  source: document.querySelector("[data-entities]").dataset.entities,
  label: "登记簿中的商家",
});
