// A form ([data-autosave]) is sent a moment after typing: the same action, with the version that the reader saw. The page
// that answers says how things stand now; what follows them here ([data-follows]) is taken out of it, the fields stay as
// typed. How it went stands in #save-state: saved, not sent (`drafts.js` keeps it on the device), refused with its reason,
// somebody else wrote (both values are shown, nothing goes on by itself), signed out. Words stand in templates of the page.
const PAUSE = 1200; // ms without a key before it is sent
const AGAIN = 8000; // ms before it is tried once more when the server could not be reached
const BY_ITSELF = "tu-luu";

const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
const childrenOf = (part) => [...part.childNodes].map((node) => document.importNode(node, true));

class Autosave {
  constructor(form) {
    this.form = form;
    this.state = document.getElementById("save-state");
    this.known = this.text(); // what the server has
    ["input", "change"].forEach((kind) => form.addEventListener(kind, () => this.later(PAUSE)));
    form.addEventListener("submit", (event) => this.submitted(event));
    form.addEventListener("click", (event) => { if (event.target.closest("[data-takes-theirs]")) form.dispatchEvent(new Event("draft-forget")); });
    addEventListener("online", () => this.later(0));
    addEventListener("pageshow", (event) => { if (event.persisted) this.halted = false; });
    if (form.hasAttribute("data-typed")) this.known = ""; // it was refused: what stands here was never saved
    this.halted = Boolean(form.querySelector("#conflict")?.childElementCount);
  }

  body() {
    const body = new FormData(this.form);
    body.set(BY_ITSELF, "1");
    return body;
  }

  // Everything that was typed; not the hidden fields around it.
  text() {
    const hidden = new Set([...this.form.querySelectorAll("input[type=hidden]")].map((part) => part.name));
    return JSON.stringify([...new FormData(this.form)].filter(([name]) => !hidden.has(name)));
  }

  later(pause) {
    clearTimeout(this.timer);
    if (!this.halted) this.timer = setTimeout(() => this.send(), pause);
  }

  // The button waits for what is on its way, so that nobody comes second to oneself.
  submitted(event) {
    clearTimeout(this.timer);
    this.halted = true;
    if (!this.sending) return;
    event.preventDefault();
    const { submitter } = event;
    this.sending.then(() => this.form.requestSubmit(submitter));
  }

  send() {
    const text = this.text();
    if (this.halted || text === this.known) return;
    if (this.sending) { this.later(PAUSE); return; }
    this.form.dispatchEvent(new Event("draft-sends"));
    this.tell("sending");
    this.sending = this.post(text).finally(() => { this.sending = null; });
  }

  async post(text, isSecond = false) {
    const asked = { method: "POST", body: this.body(), headers: { "HX-Request": "true" } };
    const answer = await fetch(this.form.action, asked).catch(() => null);
    const page = answer && parsed(await answer.text().catch(() => ""));
    if (!page || answer.status >= 500 || answer.status === 429) { this.hold(); return; }
    if (answer.ok) { this.saved(text, page); return; }
    if (page.querySelector("form[data-autosave]")) { this.refused(answer.status, page); return; }
    await this.closed(text, page, isSecond);
  }

  hold() {
    this.tell("held");
    this.later(AGAIN);
  }

  saved(text, page) {
    this.known = text;
    this.form.dispatchEvent(new Event("draft-saved"));
    this.follow(page);
    this.take("version", page);
    this.showErrors(page);
    this.state.replaceChildren(...childrenOf(page.getElementById("save-state")));
  }

  // Somebody else's values are shown beside the typed ones; from now on only the button saves, over what was seen.
  refused(status, page) {
    this.showErrors(page);
    if (status !== 409) { this.tell("refused", this.why(page)); return; }
    this.halted = true;
    this.follow(page);
    this.take("version", page);
    this.tell("stale");
  }

  // The page was closed to the reader: signed in anew elsewhere, no longer signed in, or no longer allowed.
  async closed(text, page, isSecond) {
    const answer = await fetch(location.href).catch(() => null);
    const now = answer && parsed(await answer.text().catch(() => ""));
    if (!now) { this.hold(); return; }
    if (!now.body.dataset.drafts || now.body.dataset.drafts !== document.body.dataset.drafts) { this.tell("signed-out"); this.later(AGAIN); return; }
    if (isSecond || !now.querySelector("form[data-autosave]")) { this.tell("refused", this.why(page)); return; }
    this.take("csrfmiddlewaretoken", now);
    await this.post(text, true);
  }

  why(page) {
    const said = [...page.querySelectorAll(".error-summary li, .notice-title, h1 ~ p, .notice p")].map((part) => part.textContent.trim());
    return said[0] ?? "";
  }

  take(name, page) {
    const mine = this.form.elements[name];
    const theirs = page.querySelector(`form[data-autosave] [name=${name}]`);
    if (mine && theirs) mine.value = theirs.value;
  }

  follow(page) {
    document.querySelectorAll("[data-follows]").forEach((part) => {
      const now = page.getElementById(part.id);
      if (now) part.replaceChildren(...childrenOf(now));
    });
  }

  // Errors at their fields, as the page that answers has them; the controls themselves stay.
  showErrors(page) {
    this.form.querySelectorAll(".figures-box [name]").forEach((control) => {
      const box = control.closest(".field");
      const there = page.querySelector(`form[data-autosave] .figures-box [name="${CSS.escape(control.name)}"]`);
      if (!box || !there) return;
      ["aria-invalid", "aria-describedby"].forEach((name) => {
        if (there.hasAttribute(name)) control.setAttribute(name, there.getAttribute(name)); else control.removeAttribute(name);
      });
      box.classList.toggle("has-error", there.closest(".field").classList.contains("has-error"));
      box.querySelectorAll("[id$=_error]").forEach((old) => old.remove());
      const error = there.closest(".field").querySelector("[id$=_error]");
      const before = box.querySelector("fieldset > :not(legend, .hint)") ?? control.closest("label.choice") ?? control;
      if (error) before.before(document.importNode(error, true));
    });
  }

  tell(state, why = "") {
    const words = document.querySelector(`template[data-save-words=${state}]`).content.cloneNode(true);
    words.querySelectorAll("[data-save-why]").forEach((place) => { place.textContent = why; });
    this.state.replaceChildren(words);
  }
}

const form = document.querySelector("form[data-autosave]");
if (form) new Autosave(form);

// Whoever came by "go on" types at once.
form?.querySelector("[data-starts] :is(input, select, textarea):not([type=hidden])")?.focus();

// Ctrl+↓: save and go on to what is missing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" || !event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const onward = form?.querySelector("button[name=tiep]");
  if (!onward) return;
  event.preventDefault();
  form.requestSubmit(onward);
});
