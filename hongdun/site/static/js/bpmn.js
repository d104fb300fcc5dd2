// Diagram of a procedure: <div class="hd-bpmn" data-bpmn="address of the XML" data-marks='{"done": ["accept"],
// "now": {"examine": "黄志强 剩 2 个工作日"}}'>. Loaded after vendor/bpmn-navigated-viewer.min.js, which sets BpmnJS.
// The bpmn.io watermark must stay visible; a list of the steps stands beside it for those who can't see the picture.
const { BpmnJS } = window;
const READABLE = 0.8; // smaller than this nobody reads the labels: then part of the picture is shown, around the open step

async function show(place) {
  const viewer = new BpmnJS({ container: place });
  try {
    const answer = await fetch(place.dataset.bpmn);
    if (!answer.ok) throw new Error(String(answer.status));
    await viewer.importXML(await answer.text());
    const marks = JSON.parse(place.dataset.marks || "{}");
    mark(viewer, marks);
    fit(viewer, marks, place);
    place.dataset.shown = "1";
  } catch {
    viewer.destroy();
    place.classList.add("hd-bpmn--failed");
    place.textContent = "流程图暂时打不开，办理步骤请看下面的列表。";
  }
}

function fit(viewer, { done = [], now = {} }, place) {
  const canvas = viewer.get("canvas");
  if (canvas.zoom("fit-viewport", "auto") >= READABLE) return;
  canvas.zoom(READABLE);
  const shapes = [...Object.keys(now), ...done.slice(-1), "start"].map((id) => viewer.get("elementRegistry").get(id));
  const at = shapes.find(Boolean);
  if (at) canvas.scrollToElement(at, 120);
  const hint = document.createElement("p");
  hint.className = "govuk-hint hd-bpmn__hint";
  hint.textContent = "图比窗口大：拖动可以看其余步骤，按住 Ctrl 滚动可以缩放。";
  place.after(hint);
}

function mark(viewer, { done = [], now = {} }) {
  const canvas = viewer.get("canvas");
  const known = (id) => viewer.get("elementRegistry").get(id);
  done.filter(known).forEach((id) => canvas.addMarker(id, "hd-done"));
  for (const [id, words] of Object.entries(now)) {
    if (!known(id)) continue;
    canvas.addMarker(id, "hd-now");
    if (words) viewer.get("overlays").add(id, { position: { top: -24, left: 0 }, html: note(words) });
  }
}

function note(words) {
  const box = document.createElement("div");
  box.className = "hd-bpmn__note";
  box.textContent = words;
  return box;
}

document.querySelectorAll("[data-bpmn]").forEach(show);
