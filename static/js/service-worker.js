// Opens the red path, and what was kept of the guide, while there is no signal. It answers only when
// the network does not, and keeps no page of a person but two of each journey, on a device that its
// owner called their own ("own"): whom to call, and an empty check-in. Signing out clears everything.
"use strict";

const LIST = "/offline/list/";
const NO_SIGNAL = "/offline/";
const CALL = "/call/";
const KEPT = "careguide-kept-";
const OWN = "careguide-own";
const LAST_OWN_CALL = "/own/call/";
const CHECK_IN = /^(\/journeys\/[^/]+\/check-ins\/)add\/$/;
const FILES = /"(\/static\/[^"]+)"/g;
const HALF_A_DAY = 12 * 3600 * 1000;
// Whom to call must not wait longer for a bad network, nor for a server that is being mended.
const LONGEST_WAIT = 4000;
const NO_ANSWER = [502, 503, 504];
const asStranger = { credentials: "omit" };

const keep = async (cache, paths) => {
  for (const path of paths) {
    if (await cache.match(path)) continue;
    const answer = await fetch(path, asStranger);
    if (answer.ok && !answer.redirected) await cache.put(path, answer);
  }
};

const isOld = (kept) => !kept || Date.now() - Date.parse(kept.headers.get("Date")) > HALF_A_DAY;

// What is kept of an older version stays until the newer one is whole; the red path is always the
// newest ("first", or "when old": asked for by every page), also where nothing more is fetched.
const fill = async (part) => {
  if (part === "when old" && !isOld(await newest(LIST))) return;
  const answer = await fetch(LIST, asStranger);
  if (!answer.ok) return;
  const list = await answer.clone().json();
  const name = KEPT + list.version;
  const cache = await caches.open(name);
  await keep(cache, list.first);
  if (part === "guide") await keep(cache, list.guide);
  await cache.put(LIST, answer);
  for (const older of await caches.keys()) {
    if (!older.startsWith(KEPT) || older === name) continue;
    const holdsGuide = await caches.match(list.guide[0], { cacheName: older });
    if (part === "guide" || !holdsGuide) await caches.delete(older);
  }
};

// One after the other: two that ask at once would fetch everything twice.
let before = Promise.resolve();
const fillNext = (part) => (before = before.then(() => fill(part), () => fill(part)));

const keepOwn = async ({ call, checkIn }) => {
  const cache = await caches.open(OWN);
  const keepAs = async (path, ...keys) => {
    const answer = await fetch(path, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    // With its own look and script: those of an older version are deleted with it.
    const page = await answer.clone().text();
    await keep(cache, [...page.matchAll(FILES)].map(([, file]) => file));
    for (const key of keys) await cache.put(key, answer.clone());
  };
  await keepAs(call, call, LAST_OWN_CALL);
  if (!checkIn) return;
  if (isOld(await cache.match(checkIn))) await keepAs(checkIn, checkIn);
};

// The caches come in the order in which they were made.
const newest = async (wanted) => {
  for (const cacheName of (await caches.keys()).reverse()) {
    const found = await caches.match(wanted, { cacheName });
    if (found) return found;
  }
};

// A journey's own numbers stand under its own address: another's are those of another person.
const placesOf = (pathname) => {
  if (pathname === CALL) return [LAST_OWN_CALL, CALL];
  if (pathname.endsWith(CALL)) return [pathname, CALL];
  return pathname === NO_SIGNAL ? [] : [pathname.replace(CHECK_IN, "$1offline/")];
};

// A page says by this mark that it is a copy.
const copyOf = async (pathname) => {
  for (const place of placesOf(pathname)) {
    const found = await newest(place);
    if (!found) continue;
    const page = (await found.text()).replace("<body ", "<body data-kept ");
    return new Response(page, { headers: found.headers });
  }
};

const inTime = (sent) => {
  const late = new Promise((_, reject) => setTimeout(reject, LONGEST_WAIT));
  return Promise.race([sent, late]);
};

const answerTo = async (request) => {
  const { pathname } = new URL(request.url);
  const sent = fetch(request);
  try {
    const answer = await (pathname.endsWith(CALL) ? inTime(sent) : sent);
    return (NO_ANSWER.includes(answer.status) && (await copyOf(pathname))) || answer;
  } catch {
    const noSignal = async () => (await newest(NO_SIGNAL)) || Response.error();
    return (await copyOf(pathname)) || sent.catch(noSignal);
  }
};

addEventListener("install", (event) => event.waitUntil(fillNext("first").then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  const { data } = event;
  if (data.fill) event.waitUntil(fillNext(data.fill).catch(() => {}));
  if (data.own) event.waitUntil(keepOwn(data.own).catch(() => {}));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(answerTo(request));
  } else if (new URL(request.url).pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(async () => (await newest(request)) || Response.error()));
  }
});
