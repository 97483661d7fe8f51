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

  const waiting = async () => {
    const cache = await caches.open(OWN);
    const keys = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith(folder));
    return Promise.all(keys.map(async ({ url }) => {
      const kept = await cache.match(url);
      return { url, address: kept.headers.get("X-Address"), fields: new URLSearchParams(await kept.text()) };
    }));
  };
  const remove = async (url) => (await caches.open(OWN)).delete(url);

  // The form comes back with what is wrong in it, as if it had been sent from its own page.
  const lookOver = ({ address, fields }) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    for (const [name, value] of [...fields, ["csrfmiddlewaretoken", headers["X-CSRFToken"]]]) {
      const input = document.createElement("input");
      [input.type, input.name, input.value] = ["hidden", name, value];
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  };

  const show = async () => {
    const rows = (await waiting()).map((one) => {
      const row = place.querySelector("template").content.cloneNode(true);
      row.querySelector("[data-when]").textContent = whenOf(one.fields);
      row.querySelector("[data-refused]").hidden = !refused.has(one.url);
      row.querySelector("[data-look]").addEventListener("click", () => lookOver(one));
      row.querySelector("[data-remove]").addEventListener("click", () => remove(one.url).then(show));
      return row;
    });
    place.querySelector("ul").replaceChildren(...rows);
    place.hidden = rows.length === 0;
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
    if (rows.length) await show();
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

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-waits]");
    if (!form || (form.dataset.waits !== "always" && navigator.onLine)) return;
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
  if (time) {
    const here = new Date();
    time.value = new Date(here - here.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }
})();
