// The operator's telephone in the browser: sound by WebRTC, everything else by one WebSocket.
// A page learns of a call by the event `hongdun:call` on `document`: {call, caller, stage}.
import { Sound } from "./sound.js";

const PULSE = 20_000;
const SOONEST = 500;
const LATEST = 5_000;
const KEYS = { r: "ready", p: "paused", a: "answer", h: "hangup", j: "hold" };

const bar = document.querySelector("[data-softphone]");
const part = (name) => bar.querySelector(`[data-phone-${name}]`);
const button = (name) => bar.querySelector(`[data-do="${name}"]`);

const phone = { socket: null, seat: { state: "away" }, call: null, offer: null, wait: SOONEST, told: null, over: false };
const heard = new BroadcastChannel("hongdun:call"); // the operator's other windows, which may come and go during a call
const sound = new Sound((message) => send(message));
document.hongdunPhone = { phone, sound }; // for tests and for a page that wants to know

function send(message) {
  if (phone.socket?.readyState === WebSocket.OPEN) phone.socket.send(JSON.stringify(message));
}

async function connect() {
  try {
    const answer = await fetch(bar.dataset.softphone, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return say("登录已失效，请重新登录后再接听电话");
    phone.told = await answer.json();
    reasons(phone.told.reasons);
    open(phone.told);
  } catch {
    again();
  }
}

function open({ url, ticket }) {
  const socket = (phone.socket = new WebSocket(url));
  socket.addEventListener("open", () => {
    phone.wait = SOONEST;
    send({ type: "hello", ticket, calls: sound.calls() });
  });
  socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  socket.addEventListener("close", (event) => {
    if (phone.socket !== socket || phone.over) return;
    if (event.reason) say(event.reason);
    show();
    again();
  });
}

function again() {
  setTimeout(connect, phone.wait);
  phone.wait = Math.min(phone.wait * 2, LATEST);
}

const HEARD = {
  seat: (message) => {
    phone.seat = message;
    runErrand();
    if (!message.call) finish();
  },
  call: (message) => {
    const known = phone.call?.call === message.call;
    phone.call = message;
    if (!known) tell(message);
    sound.merge(message.merged);
  },
  offer: (message) => {
    const ours = message.channel === "call" && phone.seat.state !== "talking" && !phone.call?.outbound;
    if (ours) phone.offer = message;
    else sound.take(message);
  },
  ask: (message) => sound.offer(message),
  accept: (message) => sound.accept(message),
  close: (message) => {
    sound.close(message);
    if (message.channel === "call") phone.offer = null;
  },
  refused: (message) => say(message.message),
  elsewhere: () => {
    phone.over = true;
    say("您在另一个窗口签入了电话，本窗口已停用");
  },
};

function hear(message) {
  HEARD[message.type]?.(message);
  show();
}

// The page was opened to ring somebody back: once, as soon as this seat is there and free.
function runErrand() {
  const { errand } = bar.dataset;
  if (!errand) return;
  if (!["ready", "paused", "wrap_up"].includes(phone.seat.state)) return say("请先置闲或者示忙，随后自动呼出");
  delete bar.dataset.errand;
  history.replaceState(null, "", location.pathname); // opened again, it doesn't ring again
  say("");
  send({ type: "dial", errand });
}

function tell({ call, caller, outbound, case: about }) {
  const told = { call, caller, outbound, case: about };
  document.dispatchEvent(new CustomEvent("hongdun:call", { detail: told }));
  heard.postMessage(told);
}

function finish() {
  if (phone.call) {
    const { call } = phone.call;
    document.dispatchEvent(new CustomEvent("hongdun:call-ended", { detail: { call } }));
    heard.postMessage({ call, ended: true });
  }
  phone.call = phone.offer = null;
}

const DEEDS = {
  ready: () => send({ type: "state", state: "ready" }),
  away: () => send({ type: "state", state: "away" }),
  paused: () => send({ type: "state", state: "paused", reason: part("reason").value }),
  answer: async () => {
    if (!phone.offer) return;
    const offer = phone.offer;
    phone.offer = null;
    try {
      await sound.take(offer);
    } catch (error) {
      say(error.name === "NotAllowedError" ? "浏览器没有允许使用麦克风，请在地址栏中允许后再接听" : `不能接通声音：${error.message}`);
      phone.offer = offer;
    }
  },
  hangup: () => send({ type: "hangup" }),
  hold: () => send({ type: "hold", on: !phone.call?.held }),
  consult: () => send({ type: "consult", number: part("number").value }),
  blind: () => send({ type: "transfer", number: part("number").value }),
  transfer: () => send({ type: "transfer" }),
  merge: () => send({ type: "merge", on: !phone.call?.merged }),
  drop: () => send({ type: "drop" }),
};

function act(name) {
  if (visible(name)) {
    say("");
    DEEDS[name]();
    show();
  }
}

function visible(name) {
  const { state } = phone.seat;
  const talking = state === "talking";
  const consulted = phone.call?.party ?? "";
  return {
    ready: ["away", "paused", "wrap_up"].includes(state),
    paused: ["away", "ready", "wrap_up"].includes(state),
    away: ["ready", "paused", "wrap_up"].includes(state),
    answer: Boolean(phone.offer),
    hangup: talking || (state === "ringing" && Boolean(phone.call?.outbound)),
    hold: talking,
    consult: talking && !consulted,
    blind: talking && !consulted,
    transfer: talking && consulted === "talking",
    merge: talking && consulted === "talking",
    drop: talking && Boolean(consulted),
  }[name];
}

function show() {
  const { state, reason } = phone.seat;
  const connected = phone.socket?.readyState === WebSocket.OPEN && !phone.over;
  bar.hidden = false;
  bar.dataset.state = connected ? state : "";
  const label = phone.told?.states[state] ?? "";
  const why = reason ? `（${phone.told?.reasons[reason] ?? "振铃未接"}）` : "";
  part("state").textContent = connected ? `${label}${why}` : "电话平台未连接，正在重试…";
  for (const name of Object.keys(DEEDS)) button(name).hidden = !(connected && visible(name));
  for (const group of bar.querySelectorAll("[data-for]"))
    group.hidden = [...group.querySelectorAll("[data-do]")].every((each) => each.hidden);
  button("hold").textContent = phone.call?.held ? "取消保持" : "保持";
  button("hold").setAttribute("aria-pressed", String(Boolean(phone.call?.held)));
  button("merge").textContent = phone.call?.merged ? "结束三方" : "三方通话";
  button("merge").setAttribute("aria-pressed", String(Boolean(phone.call?.merged)));
  part("call").textContent = described();
}

function described() {
  const { call } = phone;
  if (!call) return "";
  const words = [call.outbound ? "呼出" : "来电", call.caller || "号码未显示", call.skill];
  if (call.priority && call.priority !== "一般") words.push(call.priority);
  if (call.held) words.push("（保持中）");
  if (call.party) words.push({ ringing: "正在呼叫第三方", talking: "第三方已接通" }[call.party]);
  return words.filter(Boolean).join("　");
}

function say(text) {
  part("error").textContent = text;
}

function reasons(known) {
  if (part("reason").options.length) return;
  for (const [code, label] of Object.entries(known)) part("reason").add(new Option(label, code));
}

function tick() {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(phone.seat.since)) / 1000));
  part("time").textContent = phone.seat.since
    ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
    : "";
}

if (bar) {
  bar.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (name) act(name);
  });
  document.addEventListener("keydown", (event) => {
    const name = event.altKey && !event.ctrlKey && KEYS[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    act(name);
  });
  document.addEventListener("hongdun:dial", ({ detail }) => send({ type: "dial", ...detail }));
  document.addEventListener("hongdun:monitor", ({ detail }) => send({ type: "monitor", ...detail }));
  window.addEventListener("beforeunload", (event) => {
    if (phone.seat.state === "talking") event.preventDefault();
  });
  setInterval(() => send({ type: "ping" }), PULSE);
  setInterval(tick, 1000);
  connect();
}
