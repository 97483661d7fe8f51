// Opens the red path, and what was kept of the guide, while there is no signal. It answers only when
// the network does not, and keeps no page of a person but two, on a device that its owner called
// their own ("own"): whom to call, and an empty check-in. Signing out clears everything.
"use strict";

const LIST = "/offline/list/";
const KEPT = "careguide-kept-";
const OWN = "careguide-own";
const OWN_CALL = "/own/call/";
const CHECK_IN = /^(\/journeys\/[^/]+\/check-ins\/)add\/$/;
const HALF_A_DAY = 12 * 3600 * 1000;
const asStranger = { credentials: "omit" };

const keep = async (cache, paths) => {
  for (const path of paths) {
    if (await cache.match(path)) continue;
    const answer = await fetch(path, asStranger);
    if (answer.ok && !answer.redirected) await cache.put(path, answer);
  }
};

// What is kept of an older version stays until the newer one is whole.
const fill = async (part) => {
  const answer = await fetch(LIST, asStranger);
  if (!answer.ok) return;
  const list = await answer.json();
  const name = KEPT + list.version;
  const cache = await caches.open(name);
  await keep(cache, list.first);
  if (part !== "guide") return;
  await keep(cache, list.guide);
  const older = (await caches.keys()).filter((key) => key.startsWith(KEPT) && key !== name);
  await Promise.all(older.map((key) => caches.delete(key)));
};

// One after the other: two that ask at once would fetch everything twice.
let before = Promise.resolve();
const fillNext = (part) => (before = before.then(() => fill(part), () => fill(part)));

const keepOwn = async ({ call, checkIn }) => {
  const cache = await caches.open(OWN);
  const keepAs = async (key, path) => {
    const answer = await fetch(path, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) await cache.put(key, answer);
  };
  await keepAs(OWN_CALL, call);
  if (!checkIn) return;
  const kept = await cache.match(checkIn);
  if (!kept || Date.now() - Date.parse(kept.headers.get("Date")) > HALF_A_DAY) await keepAs(checkIn, checkIn);
};

const withoutSignal = async (request) => {
  const { pathname } = new URL(request.url);
  const own = pathname.endsWith("/call/") && (await caches.match(OWN_CALL));
  const wanted = pathname.endsWith("/call/") ? "/call/" : pathname.replace(CHECK_IN, "$1offline/");
  return own || (await caches.match(wanted)) || (await caches.match("/offline/")) || Response.error();
};

addEventListener("install", (event) => event.waitUntil(fillNext("first").then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  const { data } = event;
  if (data.fill) event.waitUntil(fillNext("guide").catch(() => {}));
  if (data.own) event.waitUntil(keepOwn(data.own).catch(() => {}));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => withoutSignal(request)));
  } else if (new URL(request.url).pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) || Response.error()));
  }
});
