// A case's page while somebody of it is on the telephone: who is spoken to, and the way to register what else they say.
const place = document.querySelector("[data-case-call]");
const words = place.querySelector("[data-case-call-words]");
const anew = place.querySelector("[data-case-call-new]");
let current = "";

new BroadcastChannel("hongdun:call").addEventListener("message", ({ data }) => {
  if (data.case === place.dataset.caseCall) begin(data);
  else if (data.ended && data.call === current) words.textContent = "通话已结束。刷新本页可以看到这次通话的记录。";
});

function begin({ call, caller, outbound }) {
  current = call;
  words.textContent = `${outbound ? "正在呼出" : "来电"}：${caller || "号码未显示"}`;
  anew.href = `${anew.dataset.caseCallNew}?call=${encodeURIComponent(call)}`;
  place.hidden = false;
}
