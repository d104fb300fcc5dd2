// Sends the files of <form data-files="address"> piece by piece as soon as they are chosen. A lost connection is waited
// for; a page that was reloaded goes on where it stopped. Without this script they travel with the form.
import { shrunk } from "./photos.js";
import { forget, keep, kept } from "./unsent.js";

const AGAIN = 1000; // ms after a piece that failed; doubled each time, up to half a minute
const LONGEST = 30_000;

class Refused extends Error {}

class Sender {
  constructor(form, input) {
    this.form = form;
    this.input = input;
    this.address = form.dataset.files;
    this.key = `${this.address}${input.name}`;
    this.group = input.closest(".govuk-form-group");
    this.place = document.createElement("div");
    this.place.className = "hd-upload";
    this.place.setAttribute("role", "status");
    input.after(this.place);
    this.done = Promise.resolve();
    input.addEventListener("change", () => input.files.length && this.start([...input.files]));
  }

  // What was chosen before this script ran, or was left when the page was closed.
  async goOn() {
    if (this.input.files.length) return this.start([...this.input.files]);
    const left = await kept(this.key);
    if (left?.length && !this.busy) this.start(left);
  }

  start(files) {
    this.run = (this.run ?? 0) + 1;
    this.busy = true;
    this.done = this.send(files, this.run).finally(() => (this.busy = false));
  }

  async send(chosen, run) {
    this.complain("");
    this.say("正在准备…");
    try {
      const files = await Promise.all(chosen.map(shrunk));
      await keep(this.key, files);
      const total = files.reduce((sum, file) => sum + file.size, 0);
      const ids = [];
      let before = 0;
      for (const file of files) {
        ids.push(await this.sendOne(file, (got) => this.run === run && this.show(before + got, total)));
        before += file.size;
      }
      if (this.run !== run) return; // other files were chosen meanwhile
      this.say("正在检查…");
      this.finish((await this.ask("take/", fields({ paper: this.input.name, file: ids }))).words);
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      this.say("");
      this.complain(problem.message);
    }
    await forget(this.key);
  }

  async sendOne(file, progress) {
    const mark = [file.name, file.size, file.lastModified].join("|");
    const about = fields({ paper: this.input.name, name: file.name, size: file.size, mark });
    let { id, got, piece } = await this.ask("", about);
    while (got < file.size) {
      progress(got);
      ({ got } = await this.ask(`${id}/?at=${got}`, file.slice(got, got + piece)));
    }
    progress(got);
    return id;
  }

  // Until it is answered: 409 says where to go on, 422 what is wrong with the file.
  async ask(where, body) {
    for (let failures = 0; ; failures += 1) {
      try {
        const answer = await fetch(this.address + where, { method: "POST", body, headers: this.headers() });
        if (answer.redirected || answer.status === 403) throw new Refused("登录已过期，请刷新页面重新登录，已经传的部分还在");
        if (answer.ok || answer.status === 409) return await answer.json();
        if (answer.status === 422) throw new Refused((await answer.json()).problem);
        if (answer.status < 500) throw new Refused("没能上传，请刷新页面后重新选择文件");
      } catch (problem) {
        if (problem instanceof Refused) throw problem;
      }
      this.say("网络断开，恢复后接着传，不用重新选择");
      await patience(Math.min(AGAIN * 2 ** failures, LONGEST));
    }
  }

  headers() {
    return { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value };
  }

  show(got, total) {
    const bar = document.createElement("progress");
    bar.max = total;
    bar.value = got;
    bar.setAttribute("aria-label", "上传进度");
    this.place.replaceChildren(bar, ` ${Math.round((got / total) * 100)}%`);
  }

  say(words) {
    this.place.textContent = words;
  }

  finish(words) {
    this.input.value = "";
    this.say("");
    const hint = this.group.querySelector(".govuk-hint");
    if (hint) hint.textContent = words;
    this.say("✓ 已上传");
  }

  complain(words) {
    this.group.querySelector(".govuk-error-message")?.remove();
    this.group.classList.toggle("govuk-form-group--error", Boolean(words));
    if (!words) return;
    this.input.value = "";
    const said = document.createElement("p");
    said.className = "govuk-error-message";
    said.setAttribute("role", "alert");
    said.textContent = words;
    this.input.before(said);
  }
}

function fields(values) {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) for (const each of [value].flat()) data.append(name, each);
  return data;
}

function patience(ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    window.addEventListener("online", () => (clearTimeout(timer), resolve()), { once: true });
  });
}

// Pressing the button while files are on their way sends the page when they have arrived.
function waitFor(form, senders) {
  form.addEventListener("submit", async (event) => {
    const busy = senders.filter((each) => each.busy);
    if (!busy.length) return;
    event.preventDefault();
    await Promise.all(busy.map((each) => each.done));
    if (!form.querySelector(".hd-upload ~ .govuk-error-message, .govuk-form-group--error .hd-upload")) form.requestSubmit(event.submitter);
  });
}

for (const form of document.querySelectorAll("form[data-files]")) {
  const senders = [...form.querySelectorAll("input[type=file]")].map((input) => new Sender(form, input));
  senders.forEach((each) => each.goOn());
  waitFor(form, senders);
}
