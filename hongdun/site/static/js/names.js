// Compares a name while it is typed: shows beside the form how it is split and what speaks against it.
import { isEdited, whenEdited } from "./typed.js";

const PAUSE = 400; // ms without typing
const SHORTEST = 4;
const AT_ONCE = 5; // warnings shown unfolded
const SPLIT = ["trade", "industry"];

const panel = document.querySelector("[data-name-check]");
const form = document.querySelector("main form");
const field = (name) => form?.elements.namedItem(name);

let timer = 0;
let asked = "";

function question() {
  const body = { name: field("name").value.trim() };
  const moved = SPLIT.some((name) => field(name)?.dataset.typed);
  if (moved) for (const name of SPLIT) body[name] = field(name).value.trim();
  const city = field("city")?.value ?? "";
  if (city) body.city = city.slice(0, 4);
  if (field("kind")?.value) body.kind = field("kind").value;
  const link = form.querySelector("input[name=link]:checked")?.value;
  const code = field("link_code")?.value.trim();
  if (link && code) body[{ investment: "investors", assigned: "assigned" }[link]] = [code];
  return body;
}

async function ask() {
  const body = question();
  const text = JSON.stringify(body);
  if (body.name.length < SHORTEST || text === asked) return;
  asked = text;
  try {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(panel.dataset.nameCheck, { method: "POST", headers, body: text });
    if (answer.ok && text === asked) show(await answer.json());
  } catch {
    asked = ""; // the page's own button asks again
  }
}

function show(found) {
  const result = panel.querySelector("[data-name-check-result]");
  const parts = found.parts;
  const list = element("dl", "hd-name-parts");
  for (const [label, value] of [
    ["行政区划", parts.place], ["字号", parts.trade], ["行业", parts.industry], ["组织形式", parts.form],
  ]) {
    const row = element("div");
    row.append(element("dt", "", label), element("dd", "", value || "（无）"));
    list.append(row);
  }
  result.replaceChildren(list, ...verdict(found));
  if (field("trade") && !field("trade").dataset.typed) {
    field("trade").value = parts.trade;
    field("industry").value = parts.industry;
  }
}

function verdict(found) {
  const shown = [];
  if (found.blocking.length) {
    shown.push(element("h3", "govuk-heading-s", "不能使用"), findings(found.blocking, "block"));
  } else if (found.warnings.length) {
    shown.push(element("h3", "govuk-heading-s", "可以申报，有近似提示"));
  } else {
    const tag = element("p", "govuk-body");
    tag.append(element("strong", "govuk-tag govuk-tag--green", "可以申报"));
    shown.push(tag, element("p", "govuk-body", "没有发现相同或者近似的名称。"));
  }
  if (found.warnings.length) shown.push(findings(found.warnings.slice(0, AT_ONCE), "warn"));
  if (found.warnings.length > AT_ONCE) shown.push(folded(found.warnings.slice(AT_ONCE)));
  if (found.more) shown.push(element("p", "govuk-body-s", `另有 ${found.more} 个近似的名称没有列出。`));
  for (const each of found.freed) shown.push(element("p", "govuk-body-s", `${each.explanation}，可以使用（${each.article}）。`));
  return shown;
}

function folded(list) {
  const details = element("details", "govuk-details");
  const summary = element("summary", "govuk-details__summary");
  summary.append(element("span", "govuk-details__summary-text", `其余 ${list.length} 处近似提示`));
  details.append(summary, findings(list, "warn"));
  return details;
}

function findings(list, tone) {
  const found = element("ul", `govuk-list hd-findings hd-findings--${tone}`);
  for (const each of list) {
    const item = element("li", "", `${each.explanation} `);
    item.append(element("span", "govuk-hint", each.article));
    found.append(item);
  }
  return found;
}

function element(name, classes = "", text = "") {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (text) made.textContent = text;
  return made;
}

// A split that stands in the form already is the applicant's own, unless the name was changed after it.
function keepSplit() {
  for (const part of SPLIT.map(field)) {
    if (part?.value && (isEdited(part) || !isEdited(field("name")))) part.dataset.typed = "1";
  }
}

if (panel && field("name")) {
  keepSplit();
  form.addEventListener("input", (event) => {
    if (SPLIT.includes(event.target.name)) event.target.dataset.typed = "1";
    if (event.target.name === "name") for (const name of SPLIT) delete field(name)?.dataset.typed;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  whenEdited(form, ask);
}
