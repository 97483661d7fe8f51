// Careguide's only own script. Every page works without it; nothing clinical is decided here.
(() => {
  "use strict";

  // A page kept for the Back button must not show a record after sign-out: empty it when it is
  // left, fetch it anew when it is shown again. Headers alone do not do this.
  addEventListener("pagehide", () => {
    if ("private" in document.body.dataset) document.body.replaceChildren();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // One tap, one submit. The button is marked, not disabled: a disabled one would not be sent.
  const release = (form) => {
    delete form.dataset.sending;
    form.querySelectorAll("[aria-disabled='true']").forEach((el) => el.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if ("sending" in form.dataset) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sending = "";
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(release, 8000, form); // an answer that is a file leaves the page standing
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt } = event.detail;
    const form = elt.closest("form");
    if (form && !elt.matches("[data-quiet]")) release(form);
  });

  // Say it when an htmx request failed. The words come translated from the page.
  const say = (name) => {
    const region = document.getElementById("messages");
    if (!region) return;
    const note = document.createElement("p");
    note.className = "notice notice-error";
    note.textContent = region.dataset[name];
    region.replaceChildren(note);
    note.scrollIntoView({ block: "nearest" });
  };
  // What happens beside the person's own doing (a draft is kept) fails without a word.
  const tell = (name) => (event) => event.detail.elt.matches("[data-quiet]") || say(name);
  document.addEventListener("htmx:sendError", tell("offline"));
  document.addEventListener("htmx:timeout", tell("offline"));
  document.addEventListener("htmx:responseError", tell("failed"));

  // What stands beside the pressed control stays as it was: unfolded, and with what was being written.
  let unfolded = [];
  let begun = null;
  const hold = (target, pressed) => {
    const beside = (selector) => [...target.querySelectorAll(selector)].filter((el) => !el.contains(pressed));
    unfolded = beside("details[id][open]").map(({ id }) => id);
    const [write] = beside("#write");
    begun = write && { write, at: write.contains(document.activeElement) && document.activeElement };
    write?.remove(); // or htmx would take its listeners from it
  };
  document.addEventListener("htmx:afterSwap", () => {
    if (!begun) return;
    document.getElementById("write")?.replaceWith(begun.write);
    if (begun.at) begun.at.focus();
    begun = null;
  });
  document.addEventListener("htmx:afterSettle", () => { // before that htmx still sets attributes
    unfolded.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    unfolded = [];
  });

  // What a page says once goes where it is read aloud, also when another press was faster.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { target, shouldSwap, serverResponse, requestConfig } = detail;
    if (target.id !== "in-place" || !shouldSwap) return;
    hold(target, requestConfig.elt);
    const said = new DOMParser().parseFromString(serverResponse, "text/html").getElementById("messages");
    if (said) document.getElementById("messages").replaceChildren(...said.childNodes);
  });

  // After a swap the focus must not be lost: to what asks for it, else to what was swapped in.
  const focus = (el) => {
    if (!el.hasAttribute("tabindex") && !el.matches("a[href], button, input, select, textarea, summary")) el.tabIndex = -1;
    el.focus();
  };
  const wanted = ":is(.error-summary, [data-focus]):not([hidden])";
  // Where the pressed control stood, from the inside out: it may be gone afterwards.
  let places = [];
  document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => {
    places = [];
    for (let el = elt.closest("[id]"); el; el = el.parentElement.closest("[id]")) places.push(el.id);
  });
  const near = (target) => {
    const place = target.id === "in-place" ? places.map((id) => document.getElementById(id)).find(Boolean) : null;
    if (place?.matches("details")) return place.querySelector("summary");
    return place && place !== target ? place : target.querySelector(".undo-bar") ?? target;
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    const { elt, target: into } = event.detail;
    const target = into?.id === "in-place" ? into : elt;
    if (!target?.isConnected) return;
    const asks = target.matches(wanted) ? target : target.querySelector(wanted);
    if (asks) focus(asks);
    else if (document.activeElement === document.body) focus(near(target));
  });
  const asking = document.querySelector("main :is(.error-summary, [data-level][data-focus]):not([hidden])");
  const messages = document.getElementById("messages");
  if (asking) focus(asking);
  // What stood there from the beginning is not read aloud; what comes is.
  else setTimeout(() => messages?.replaceChildren(...messages.childNodes), 500);

  // A sign-in that is not used ends. Two minutes before it asks; typing counts as being there. What
  // stands in a form is kept by the server until its person signs in again.
  const idle = document.getElementById("idle");
  if (idle) {
    const { seconds, stay, keep } = idle.dataset;
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    const others = new BroadcastChannel("careguide-idle");
    let last = Date.now();
    let written = null;
    const send = (address, fields) => fetch(address, { method: "POST", headers, body: new URLSearchParams(fields) });
    const used = () => {
      last = Date.now();
      if (idle.open) idle.close();
    };
    const remain = () => {
      used();
      others.postMessage("");
      send(stay, {}).catch(() => {});
    };
    others.addEventListener("message", used);
    others.postMessage("");
    idle.addEventListener("close", remain);
    document.addEventListener("htmx:afterRequest", used);
    document.addEventListener("input", (event) => {
      const { form } = event.target;
      if (form?.method === "post") written = form;
      if (Date.now() - last > 60_000) remain();
    });
    const watch = setInterval(async () => {
      const left = Number(seconds) - (Date.now() - last) / 1000;
      if (left > 120) return;
      if (left > 0) {
        if (!idle.open) idle.showModal();
        return;
      }
      clearInterval(watch);
      // What was saved on this page is gone from it; what was refused counts as written.
      const form = written?.isConnected ? written : document.querySelector("form:has(.error-summary)");
      if (form) {
        const { pathname, search } = new URL(form.action);
        await send(keep, { path: pathname + search, fields: new URLSearchParams(new FormData(form)) }).catch(() => {});
      }
      // Whom to call stays at hand. A device that slept may be past the end already.
      document.body.replaceChildren(document.querySelector(".site-header"));
      setTimeout(() => location.reload(), Math.max(0, 65 + left) * 1000);
    }, 5_000);
  }

  // A glossary word is explained on the page it stands on. Its link works wherever this cannot: in
  // a new tab, without scripts, without an answer.
  const meaning = document.getElementById("meaning");
  let asked = null;
  const explain = async (word) => {
    asked?.classList.remove("term-asked");
    asked = word;
    word.classList.add("term-asked"); // the style sheet puts the dialog beside it
    const answer = await fetch(word.href, { headers: { "HX-Request": "true" }, signal: AbortSignal.timeout(5000) });
    if (!answer.ok || answer.headers.has("HX-Redirect")) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (asked !== word || meaning.open) return; // another word was asked for meanwhile
    meaning.querySelector("h2").textContent = word.textContent;
    meaning.querySelector("[data-text]").replaceChildren(...page.body.childNodes);
    meaning.querySelector("a[data-whole]").href = word.href;
    meaning.showModal();
  };
  document.addEventListener("click", (event) => {
    const word = event.target.closest("a.term");
    if (!word || !meaning || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    explain(word).catch(() => location.assign(word.href));
  });
  // A browser may not have focused a word that was tapped.
  meaning?.addEventListener("close", () => asked.focus({ preventScroll: true }));
  // A tap beside the dialog closes it, as Escape and its button do.
  meaning?.addEventListener("click", (event) => event.target === meaning && meaning.close());

  // On a sign-in that did not call this device its own: what waits from one that did is still sent.
  const { script } = document.getElementById("waiting")?.dataset ?? {};
  if (script && "caches" in window) caches.has("careguide-own").then((has) => {
    if (has) document.head.append(Object.assign(document.createElement("script"), { src: script }));
  });

  // The red path, and the guide where it is read, open without a signal.
  const { serviceWorker } = navigator;
  if ("kept" in document.body.dataset) say("kept");
  serviceWorker?.register("/service-worker.js").then(() => serviceWorker.ready).then(({ active }) => {
    const { keepGuide, keepCall: call, keepCheckIn: checkIn } = document.body.dataset;
    if (call) active.postMessage({ own: { call, checkIn } });
    const ofGuide = navigator.connection?.saveData ? "first" : "guide";
    const fill = keepGuide === undefined ? "when old" : ofGuide;
    setTimeout(() => active.postMessage({ fill }), 5000);
  }).catch(() => {}); // private windows have none

  // A new account keeps the time of the device it is made on.
  document.querySelectorAll("[data-zone]").forEach((el) => {
    el.value = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  });

  // <button data-print> instead of an inline handler; hidden until there is a script to serve it.
  document.querySelectorAll("[data-print]").forEach((el) => {
    el.hidden = false;
    el.addEventListener("click", () => print());
  });
})();
