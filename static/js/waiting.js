// A check-in written without a signal waits on a device that its owner called their own, unread and
// unchecked, and is sent when there is one. Signing out clears it. Nothing clinical is decided here.
(() => {
  "use strict";
  if (!("caches" in window)) return;
  const OWN = "careguide-own"; // the service worker keeps the other pages of the person in it
  const whenOf = (fields) =>
    new Date(fields.get("occurred_at")).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

  // On the page that says there is no signal: the way to the check-in, where this device has one.
  const way = document.querySelector("[data-own-check-in]");
  const showWay = async () => {
    if (!(await caches.has(OWN))) return;
    const kept = await (await caches.open(OWN)).keys();
    const page = kept.find(({ url }) => url.endsWith("/check-ins/offline/"));
    if (!page) return;
    way.href = page.url;
    way.parentElement.hidden = false;
  };
  if (way) showWay();

  const place = document.getElementById("waiting");
  if (!place) return;
  const folder = `/own/waiting/${place.dataset.person}/`;
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  const refused = new Set();
  // The one whose removal was asked for once.
  let asked = null;
  const said = place.querySelector("[data-said]");

  const waiting = async () => {
    if (!(await caches.has(OWN))) return [];
    const cache = await caches.open(OWN);
    const keys = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith(folder));
    return Promise.all(keys.map(async ({ url }) => {
      const kept = await cache.match(url);
      return { url, address: kept.headers.get("X-Address"), fields: new URLSearchParams(await kept.text()) };
    }));
  };
  const remove = async (url) => (await caches.has(OWN)) && (await caches.open(OWN)).delete(url);

  const hidden = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });
  // The form comes back with what is wrong in it, as if it had been sent from its own page.
  const lookOver = ({ address, fields }) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    for (const [name, value] of [...fields, ["csrfmiddlewaretoken", headers["X-CSRFToken"]]]) form.append(hidden(name, value));
    document.body.append(form);
    form.submit();
  };

  // Where nothing changed the rows stay, and with them the focus.
  let shown = "";
  const show = async () => {
    const all = await waiting();
    const state = all.map(({ url }) => `${url} ${refused.has(url)}`).join();
    if (state === shown) return;
    shown = state;
    asked = null;
    said.textContent = "";
    const rows = all.map((one) => {
      const row = place.querySelector("template").content.cloneNode(true);
      row.querySelectorAll("[data-when]").forEach((el) => { el.textContent = whenOf(one.fields); });
      row.querySelector("[data-refused]").hidden = !refused.has(one.url);
      row.querySelector("[data-look]").addEventListener("click", () => lookOver(one));
      row.querySelector("[data-remove]").addEventListener("click", () => removeAtSecond(one));
      return row;
    });
    place.querySelector("ul").replaceChildren(...rows);
    place.hidden = rows.length === 0;
  };

  const removeAtSecond = async ({ url, fields }) => {
    if (asked !== url) {
      asked = url;
      said.textContent = `${place.dataset.again} ${whenOf(fields)}`;
      return;
    }
    await remove(url);
    await show();
    const note = document.createElement("p");
    note.className = "notice";
    note.textContent = place.dataset.removed;
    document.getElementById("messages").replaceChildren(note);
    (place.hidden ? document.getElementById("main") : place).focus();
  };

  // What it means stands on the page that answers; it is shown here, wherever the person is.
  const tell = ({ fields }, page, address) => {
    const sent = document.getElementById("sent-one").content.cloneNode(true);
    sent.querySelector("[data-when]").textContent = whenOf(fields);
    sent.querySelector("a").href = address;
    sent.querySelector("h2").after(page.querySelector("[data-level]"));
    document.getElementById("sent").append(sent);
  };
  const send = async (one) => {
    const answer = await fetch(one.address, { method: "POST", headers, body: one.fields });
    const saved = answer.redirected && answer.ok && answer.url.startsWith(one.address.replace(/add\/$/, ""));
    if (saved) {
      await remove(one.url);
      tell(one, new DOMParser().parseFromString(await answer.text(), "text/html"), answer.url);
    } else if ([404, 422].includes(answer.status)) {
      refused.add(one.url);
    } // else it is tried again: the sign-in may have ended, or the server has trouble
  };
  // One at a time, also among tabs. The server takes each once, however often it is sent.
  const sendAll = () => navigator.locks.request("careguide-waiting", async () => {
    const rows = await waiting();
    for (const one of rows.filter(({ url }) => !refused.has(url))) await send(one).catch(() => {});
    await show();
  });
  addEventListener("online", sendAll);
  setInterval(sendAll, 30_000);
  // The result of one that was looked over and saved by hand: it waits no longer.
  const { clientId } = document.querySelector("[data-client-id]")?.dataset ?? {};
  remove(folder + clientId).then(show).then(sendAll);

  const keep = async (form) => {
    const fields = new URLSearchParams(new FormData(form));
    fields.delete("csrfmiddlewaretoken");
    if (form.dataset.waits === "always") {
      // This page was made long ago, and its time is that of the device.
      fields.set("client_id", crypto.randomUUID());
      fields.set("occurred_at", new Date(fields.get("occurred_at") || Date.now()).toISOString());
    }
    const { origin, pathname } = new URL(form.action); // without `?same=1`
    const kept = new Response(fields, { headers: { "X-Address": origin + pathname } });
    await (await caches.open(OWN)).put(folder + fields.get("client_id"), kept);
    form.hidden = true;
    form.querySelector("[data-quiet]")?.remove(); // it waits here: no draft is sent of it
    await show();
    place.focus();
    sendAll();
  };
  const isAnswered = (el) => el.type === "checkbox" || el.type === "radio" ? el.checked : el.matches("textarea, [type='text']") && el.value.trim();

  // The page stays: what was pressed may be pressed again at once.
  const stay = (event) => {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("htmx:afterRequest", { detail: { elt: event.target } }));
  };

  // The first press on "Sign out" tells what would go with it.
  const leaving = place.querySelector("[data-leaving]");
  document.addEventListener("submit", (event) => {
    if (place.hidden || !leaving.hidden || !event.target.action.endsWith("/accounts/logout/")) return;
    stay(event);
    leaving.hidden = false;
    place.focus();
  });

  // A browser often believes itself connected where nothing gets through, and what it then sends is
  // lost with its page.
  const isReached = async () => {
    const asking = { method: "HEAD", cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(5000) };
    return navigator.onLine && fetch("/healthz", asking).then(({ ok }) => ok, () => false);
  };
  const sendNow = (form, button) => {
    if (button?.name) form.append(hidden(button.name, button.value));
    form.submit(); // without another event
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-waits]");
    if (!form || !("own" in place.dataset)) return;
    event.preventDefault(); // the button stays marked as pressed
    if (form.dataset.waits !== "always" && (await isReached())) {
      sendNow(form, event.submitter);
      return;
    }
    stay(event);
    const empty = form.querySelector("[data-empty]");
    if (event.submitter?.name === "more") {
      document.dispatchEvent(new CustomEvent("htmx:sendError", { detail: { elt: form } })); // says it
    } else if (empty && ![...form.elements].some(isAnswered)) {
      empty.hidden = false;
      empty.focus();
    } else keep(form);
  });
  const time = document.querySelector("form[data-waits='always'] [name='occurred_at']");
  if (time && "own" in place.dataset) {
    const here = new Date();
    time.value = new Date(here - here.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }
})();
