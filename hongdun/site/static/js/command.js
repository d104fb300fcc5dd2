// The command page: fresh figures every few seconds, a map that can be zoomed, and cases dragged onto the organ that is
// to have them. Without this script the page is drawn by the server and cases are sent by buttons and lists.
import { part, put } from "./fragments.js";

const EVERY = 5000;
const live = document.querySelector("[data-fresh]");
const figure = document.querySelector("[data-outlines]");
const COLOURS = ["#efece6", "#f3d5cd", "#e3a294", "#c9604f", "#9c2a1f"];
let dragged = null;
let chart = null;

const counts = () => JSON.parse(live.querySelector("[data-counts]")?.dataset.counts || "[]");

const inUse = () => dragged || live.querySelector("details[open]") || live.matches(":focus-within");

async function refresh() {
  if (inUse()) return;
  const fresh = await part(live.dataset.fresh);
  if (fresh === null || inUse()) return;
  put(live, fresh);
  // The map stays as it was zoomed; only its colours change.
  if (chart) live.querySelector("[data-outlines]")?.replaceWith(figure);
  prepare();
  colour();
}

function prepare() {
  live.querySelectorAll("[data-case]").forEach((item) => (item.draggable = true));
}

live?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-case]");
  if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.case);
  live.classList.toggle("hd-dragging", Boolean(dragged));
});
live?.addEventListener("dragend", () => {
  dragged = null;
  live.classList.remove("hd-dragging");
});
live?.addEventListener("dragover", (event) => {
  if (dragged && event.target.closest("[data-target]")) event.preventDefault();
});
live?.addEventListener("drop", (event) => {
  const target = event.target.closest("[data-target]");
  const form = dragged?.querySelector("[data-send]");
  if (!target || !form) return;
  event.preventDefault();
  form.elements.to.value = target.dataset.target;
  form.requestSubmit();
});

async function draw() {
  const { echarts } = window;
  if (!figure || !echarts) return;
  const answer = await fetch(figure.dataset.outlines);
  if (!answer.ok) return;
  const place = document.createElement("div");
  place.className = "hd-map__chart";
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", "各单位在办件数示意图，数字见下表");
  figure.querySelector("svg").replaceWith(place);
  echarts.registerMap("places", await answer.json());
  chart = echarts.init(place);
  colour();
  new ResizeObserver(() => chart.resize()).observe(place);
}

function colour() {
  if (!chart) return;
  const data = counts();
  const dark = document.body.classList.contains("hd-dark");
  const max = Math.max(1, ...data.map((each) => each.value));
  chart.setOption({
    tooltip: { formatter: ({ name, data: on }) => (on ? `${name}：在办 ${on.value} 件，逾期 ${on.overdue} 件` : name) },
    visualMap: { min: 0, max, show: false, inRange: { color: COLOURS } },
    series: [
      {
        type: "map", map: "places", roam: true, data,
        label: { show: true, color: "#0b0c0c", textBorderColor: "#fff", textBorderWidth: 3, fontSize: dark ? 15 : 12, fontWeight: "bold", formatter: ({ name, value }) => (value ? `${name}\n${value}` : name) },
        itemStyle: { borderColor: dark ? "#0b1620" : "#fff", areaColor: COLOURS[0] },
        emphasis: { itemStyle: { areaColor: "#f3c13a" } },
      },
    ],
  });
}

if (live) {
  prepare();
  setInterval(refresh, EVERY);
  draw();
}
