
// The page of one picture: zoom, story, notes, search, colour scheme, language. Without this script it is a page to read.
"use strict";
(() => {
const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const ui = (name) => document.getElementById(`ui:${name}`);
const press = (button, on) => button.setAttribute("aria-pressed", String(on));
const calm = matchMedia("(prefers-reduced-motion: reduce)"), narrow = matchMedia("(max-width: 60rem)");
const canvas = ui("canvas"), svg = canvas.querySelector("svg.awsdiag"), tip = ui("tip"), find = ui("find");
const steps = all(".point[data-step]"), notes = all(".point[data-number]"), points = all(".point");
const prefix = canvas.dataset.prefix ?? "", languages = all("[data-lang]").map((one) => one.dataset.lang);

// --- the parts of the picture, by the id they have in the scenario; with several languages a part is there once for each -----

const keyOf = (id) => languages.reduce((key, lang) => (key.startsWith(`${lang}:`) ? key.slice(lang.length + 1) : key), id.slice(prefix.length));
const parts = new Map();
for (const part of all(".node, .edge, .cluster", svg)) {
    const key = keyOf(part.id);
    parts.set(key, [...(parts.get(key) ?? []), part]);
}
const isEdge = (key) => parts.get(key)?.[0].matches(".edge");
const inside = (key, group) => key === group || key.startsWith(`${group}.`);
const nodes = [...parts.keys()].filter((key) => parts.get(key)[0].matches(".node"));
const edges = [...parts.keys()].filter(isEdge).map((key) => ({ key, from: parts.get(key)[0].dataset.from, to: parts.get(key)[0].dataset.to }));
const entries = new Map(all("[data-key]").map((point) => [point.dataset.key, point]));
const shown = (key) => parts.get(key)?.find((part) => part.getClientRects().length) ?? parts.get(key)?.[0];
const listed = (point) => (point.dataset.on ? point.dataset.on.split(" ") : []);

// What belongs to an element: a group with all in it, an edge with its ends; `wide` also takes what a node is connected with.
function around(keys, wide) {
    const ids = new Set();
    for (const key of keys) {
        ids.add(key);
        if (!isEdge(key))
            nodes.filter((node) => inside(node, key)).forEach((node) => ids.add(node));
        for (const edge of edges) {
            if (edge.key === key)
                ids.add(edge.from).add(edge.to);
            else if (wide && (inside(edge.from, key) || inside(edge.to, key)))
                ids.add(edge.key).add(edge.from).add(edge.to);
        }
    }
    return ids;
}

const whatOf = (point) => {
    const { step, number } = point.dataset;
    return { point, step, number, own: listed(point), ids: around(listed(point), Boolean(point.dataset.key)) };
};

// --- light ---------------------------------------------------------------------------------------------------------------------

let pinned = null;

function light(what) {
    svg.classList.toggle("dim", Boolean(what));
    const ids = what?.ids ?? new Set(), own = new Set(what?.own);
    const on = (element, hot) => element.classList.toggle("hot", Boolean(what && hot));
    parts.forEach((list, key) => list.forEach((part) => on(part, ids.has(key))));
    const touches = (point) => listed(point).some((key) => own.has(key));
    all(".callout", svg).forEach((one) => on(one, what?.number ? one.dataset.number === what.number
        : !what?.step && notes.some((note) => note.dataset.number === one.dataset.number && touches(note))));
    all(".step", svg).forEach((one) => on(one, what?.step ? one.dataset.step === what.step
        : !what?.number && steps.some((step) => step.dataset.step === one.dataset.step && listed(step).some((key) => ids.has(key)))));
    points.forEach((point) => on(point, what && (point === what.point || (!what.step && !what.number && !point.dataset.key && touches(point)) ||
        (what.key && point.dataset.key === what.key))));
    run(what?.step ? what.own : []);
}

// A dot that runs along the lines of a step, from where they begin to where they lead.
function run(keys) {
    all(".runner", svg).forEach((one) => one.remove());
    if (calm.matches)
        return;
    for (const key of keys.filter(isEdge)) {
        const edge = shown(key), line = edge.querySelector(":scope .line");
        if (!line)
            continue;
        const make = (name, values) => {
            const element = document.createElementNS(svg.namespaceURI, name);
            Object.entries(values).forEach(([attribute, value]) => element.setAttribute(attribute, value));
            return element;
        };
        const seconds = Math.max(.9, line.getTotalLength() / 260).toFixed(2);
        const dot = make("circle", { class: "runner", r: 4.5, fill: getComputedStyle(line).stroke, "aria-hidden": "true" });
        dot.append(make("animateMotion", { path: line.getAttribute("d"), dur: `${seconds}s`, repeatCount: "indefinite", begin: "indefinite" }));
        edge.after(dot);
        dot.firstChild.beginElement();
    }
}

const restore = () => light(pinned);

function pin(what) {
    pinned = what;
    points.forEach((point) => press(point, point === what?.point));
    steps.forEach((step) => (step === what?.point ? step.setAttribute("aria-current", "step") : step.removeAttribute("aria-current")));
    restore();
    tell(what?.step ? what.point : null);
    if (what)
        reveal(what);
    if (what?.point && narrow.matches === false)
        what.point.scrollIntoView({ block: "nearest" });
}

const toggle = (what) => pin(pinned && pinned.point === what.point && pinned.key === what.key ? null : what);

// --- the view: what part of the picture is shown ---------------------------------------------------------------------------

const [, , width, height] = svg.getAttribute("viewBox").split(/[ ,]+/).map(Number);
let view = { x: 0, y: 0, w: width, h: height }, flight = 0;

function look({ x, y, w, h }) {
    w = Math.max(width / 16, Math.min(width, w));
    h = w * height / width;
    x = Math.max(-w / 3, Math.min(width - w * 2 / 3, x));
    y = Math.max(-h / 3, Math.min(height - h * 2 / 3, y));
    view = w === width ? { x: 0, y: 0, w, h } : { x, y, w, h };
    svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].map((value) => value.toFixed(2)).join(" "));
    canvas.classList.toggle("closer", w < width);
}

function fly(to) {
    cancelAnimationFrame(flight);
    const from = { ...view }, start = performance.now();
    if (calm.matches) {
        look(to);
        return;
    }
    const frame = (now) => {
        const part = Math.min(1, Math.max(0, (now - start) / 260)), ease = part * (2 - part);
        look(Object.fromEntries(Object.keys(from).map((key) => [key, from[key] + (to[key] - from[key]) * ease])));
        if (part < 1)
            flight = requestAnimationFrame(frame);
    };
    flight = requestAnimationFrame(frame);
}

function placeOf(x, y) {
    return new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
}

function zoomed(factor, at = { x: view.x + view.w / 2, y: view.y + view.h / 2 }) {
    const w = Math.max(width / 16, Math.min(width, view.w / factor)), k = w / view.w;
    return { x: at.x - (at.x - view.x) * k, y: at.y - (at.y - view.y) * k, w, h: view.h * k };
}

// Brings what is lit into view. On a small screen the view goes as near as it can.
function reveal(what) {
    const boxes = [...what.ids].filter((key) => parts.has(key) && (isEdge(key) || what.own.includes(key) || nodes.includes(key)))
        .map((key) => shown(key).getBBox()).filter((box) => box.width || box.height);
    if (!boxes.length || (view.w === width && !narrow.matches))
        return;
    const x = Math.min(...boxes.map((box) => box.x)) - 24, y = Math.min(...boxes.map((box) => box.y)) - 24;
    const right = Math.max(...boxes.map((box) => box.x + box.width)) + 24, bottom = Math.max(...boxes.map((box) => box.y + box.height)) + 24;
    if (!narrow.matches && x >= view.x && y >= view.y && right <= view.x + view.w && bottom <= view.y + view.h)
        return;
    const least = narrow.matches ? width / 4 : view.w;
    const w = Math.min(width, Math.max(right - x, (bottom - y) * width / height, least));
    fly({ x: (x + right - w) / 2, y: (y + bottom - w * height / width) / 2, w, h: w * height / width });
}

const zooms = { in: () => fly(zoomed(1.5)), out: () => fly(zoomed(1 / 1.5)), fit: () => fly({ x: 0, y: 0, w: width, h: height }) };
all("[data-zoom]").forEach((button) => button.addEventListener("click", zooms[button.dataset.zoom]));

canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    cancelAnimationFrame(flight);
    hideTip();
    const pixels = event.deltaY * (event.deltaMode ? 30 : 1);
    look(zoomed(Math.exp(-pixels * (event.ctrlKey ? .01 : .0016)), placeOf(event.clientX, event.clientY)));
}, { passive: false });

// Pointers: one moves the picture, two pull it apart.
const pointers = new Map();
let moved = 0;
canvas.addEventListener("pointerdown", (event) => {
    if (event.button)
        return;
    pointers.set(event.pointerId, event);
    moved = 0;
});
canvas.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before)
        return;
    const others = [...pointers.values()].filter((one) => one.pointerId !== event.pointerId);
    moved += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    if (others.length) {
        const span = (one) => Math.hypot(one.clientX - others[0].clientX, one.clientY - others[0].clientY);
        const middle = placeOf((event.clientX + others[0].clientX) / 2, (event.clientY + others[0].clientY) / 2);
        look(zoomed(span(event) / Math.max(1, span(before)), middle));
    } else if (view.w < width && moved > 4) {
        canvas.classList.add("moving");
        if (!canvas.hasPointerCapture(event.pointerId))
            canvas.setPointerCapture(event.pointerId);
        const a = placeOf(before.clientX, before.clientY), b = placeOf(event.clientX, event.clientY);
        look({ ...view, x: view.x + a.x - b.x, y: view.y + a.y - b.y });
    }
    pointers.set(event.pointerId, event);
});
for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
    canvas.addEventListener(name, (event) => {
        pointers.delete(event.pointerId);
        canvas.classList.remove("moving");
    });
canvas.addEventListener("click", (event) => {
    if (moved > 4) {
        event.preventDefault();
        event.stopPropagation();
    } else if (!event.target.closest(".node, .edge, .cluster > .title, .cluster > .icon, .callout, .step, a"))
        pin(null);
}, true);

canvas.addEventListener("keydown", (event) => {
    const by = view.w / 8, near = view.w < width;
    const move = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[event.key];
    const zoom = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(zoom || (move && near)))
        return;
    event.preventDefault();
    event.stopPropagation();
    if (zoom)
        zooms[zoom]();
    else
        fly({ ...view, x: view.x + move[0], y: view.y + move[1] });
});

// --- tooltip -------------------------------------------------------------------------------------------------------------------

let hiding = 0;
function hideTip() {
    clearTimeout(hiding);
    tip.hidden = true;
}

// Below a node or the title of a group; beside the pointer on a line, which may be anywhere.
function placeTip(part, event) {
    const at = part.matches(".edge") && event ? new DOMRect(event.clientX, event.clientY, 0, 0)
        : (part.matches(".cluster") ? part.querySelector(":scope > .title, :scope > a .title") ?? part : part).getBoundingClientRect();
    const own = tip.getBoundingClientRect(), below = at.bottom + 8 + own.height < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(innerWidth - own.width - 8, at.left + at.width / 2 - own.width / 2))}px`;
    tip.style.top = `${Math.max(8, below ? at.bottom + 8 : at.top - own.height - 8)}px`;
}

function showTip(part, key, event) {
    const words = entries.get(key)?.lastElementChild;
    if (!words)
        return;
    clearTimeout(hiding);
    tip.replaceChildren(...[...words.cloneNode(true).childNodes]);
    tip.hidden = false;
    placeTip(part, event);
}

tip.addEventListener("pointerenter", () => clearTimeout(hiding));
tip.addEventListener("pointerleave", hideTip);

// --- what answers to the pointer and the keyboard ---------------------------------------------------------------------------

function follow(element, what, enter = () => {}) {
    element.addEventListener("pointerenter", (event) => {
        if (event.pointerType !== "touch" && !pointers.size) {
            light(what());
            enter(event);
        }
    });
    element.addEventListener("pointerleave", () => {
        restore();
        hiding = setTimeout(hideTip, 120);
    });
}

const elementOf = (key) => {
    const own = [...new Set([key, ...(entries.has(key) ? listed(entries.get(key)) : [])])];
    return { key, point: entries.get(key), own, ids: around(own, true) };
};
const stop = () => play.playing && play(false);

function frameOf(box) {
    const frame = document.createElementNS(svg.namespaceURI, "rect");
    Object.entries({ x: box.x - 5, y: box.y - 5, width: box.width + 10, height: box.height + 10, rx: 6, class: "focus" })
        .forEach(([name, value]) => frame.setAttribute(name, value));
    return frame;
}

// All are measured before the first is changed: a change between them would have everything laid out anew for each.
const boxes = new Map(all(".node", svg).map((node) => [node, node.getBBox()]));
svg.classList.toggle("many", parts.size > 300);

for (const [key, list] of parts)
    for (const part of list) {
        const what = () => elementOf(key), cluster = part.matches(".cluster");
        part.querySelector(":scope > title")?.remove();
        const line = part.matches(".edge") && part.querySelector(":scope .line");
        if (line) {
            const hit = line.cloneNode();
            hit.setAttribute("class", "hit");
            part.prepend(hit);
        }
        for (const own of cluster ? all(":scope > .title, :scope > .icon, :scope > .tile, :scope > a", part) : [part]) {
            follow(own, what, (event) => showTip(part, key, event));
            own.addEventListener("click", (event) => {
                if (event.target.closest("a[href]"))
                    return;
                stop();
                toggle(what());
            });
        }
        if (!part.matches(".node"))
            continue;
        const target = part.querySelector("a") ?? part;
        part.append(frameOf(boxes.get(part)));
        if (target === part) {
            Object.entries({ tabindex: "0", role: "button", "aria-pressed": "false" }).forEach(([name, value]) => part.setAttribute(name, value));
            part.addEventListener("keydown", (event) => {
                if (event.key === "Enter" || event.key === " ") {
                    event.preventDefault();
                    stop();
                    toggle(what());
                }
            });
        }
        target.addEventListener("focus", () => {
            if (target.matches(":focus-visible")) {
                light(what());
                showTip(part, key);
            }
        });
        target.addEventListener("blur", () => {
            restore();
            hideTip();
        });
    }
for (const point of points) {
    follow(point, () => whatOf(point));
    point.addEventListener("focus", () => point.matches(":focus-visible") && light(whatOf(point)));
    point.addEventListener("blur", restore);
    point.addEventListener("click", () => {
        stop();
        toggle({ ...whatOf(point), key: point.dataset.key });
    });
    press(point, false);
}
for (const mark of all(".callout, .step", svg)) {
    const point = points.find((one) => (mark.matches(".step") ? one.dataset.step === mark.dataset.step : one.dataset.number === mark.dataset.number));
    if (!point)
        continue;
    follow(mark, () => whatOf(point));
    mark.addEventListener("click", () => {
        stop();
        toggle(whatOf(point));
        if (pinned && narrow.matches)
            point.scrollIntoView({ block: "center" });
    });
}

// Names that are read aloud: an element, what it is, what it is connected with.
const words = (element) => all("span, small", element).filter((one) => !one.children.length && one.closest("[lang]").lang === root.lang)
    .map((one) => one.textContent.trim()).filter(Boolean).join(", ");
function nameParts() {
    const names = new Map([...entries].map(([key, entry]) => [key, words(entry)]));
    for (const key of nodes) {
        const ways = edges.filter((edge) => edge.from === key || edge.to === key).map((edge) => names.get(edge.key));
        const name = [names.get(key), ...ways].filter(Boolean).join("; ");
        parts.get(key).filter((part) => !part.querySelector("a")).forEach((part) => part.setAttribute("aria-label", name));
    }
}

// --- the story -----------------------------------------------------------------------------------------------------------------

const bar = ui("player"), telling = ui("telling");
const at = () => steps.indexOf(pinned?.point);

function tell(point) {
    if (telling)
        telling.replaceChildren(...(point ? [...point.cloneNode(true).childNodes] : []));
}

function go(by) {
    if (!steps.length)
        return;
    const now = at(), next = now < 0 ? (by > 0 ? 0 : steps.length - 1) : now + by;
    if (next >= 0 && next < steps.length)
        pin(whatOf(steps[next]));
    else if (next < 0)
        pin(null);
}

function play(on) {
    clearTimeout(play.timer);
    play.playing = on;
    press(ui("play"), on);
    const later = () => {
        const text = pinned?.point?.textContent.length ?? 0;
        play.timer = setTimeout(() => {
            if (at() + 1 >= steps.length) {
                play(false);
                return;
            }
            go(1);
            later();
        }, Math.max(2600, 45 * text));
    };
    if (on) {
        if (at() < 0 || at() + 1 >= steps.length)
            pin(whatOf(steps[0]));
        later();
    }
}

if (bar) {
    ui("play").addEventListener("click", () => play(!play.playing));
    ui("back").addEventListener("click", () => { stop(); go(-1); });
    ui("next").addEventListener("click", () => { stop(); go(1); });
}

document.addEventListener("keydown", (event) => {
    if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey)
        return;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
        stop();
        go(event.key === "ArrowRight" ? 1 : -1);
        if (event.target.matches(".point[data-step]") && at() >= 0)
            pinned.point.focus();
        event.preventDefault();
    } else if (event.key === "Escape") {
        stop();
        hideTip();
        pin(null);
    }
});

// --- search --------------------------------------------------------------------------------------------------------------------

const plain = (text) => text.normalize("NFKC").toLowerCase();
const searched = all("[data-key]").map((point) => ({ point, key: point.dataset.key, text: plain(`${point.textContent} ${point.dataset.key}`), item: point.closest("li") }));

function search() {
    const wanted = plain(find.value).split(/\s+/).filter(Boolean);
    const hits = wanted.length ? searched.filter((one) => wanted.every((word) => one.text.includes(word))) : [];
    const keep = new Set();
    hits.forEach((one) => { for (let item = one.item; item; item = item.parentElement.closest("li")) keep.add(item); });
    searched.forEach((one) => { one.item.hidden = wanted.length > 0 && !keep.has(one.item); });
    all("details").forEach((box) => { box.open = box.classList.contains("opened") || (wanted.length > 0 && hits.some((one) => box.contains(one.point))); });
    ui("found").textContent = wanted.length ? String(hits.length) : "";
    pin(wanted.length ? { key: "?", own: hits.map((one) => one.key), ids: around(hits.map((one) => one.key), false) } : null);
    return hits;
}

find.addEventListener("input", () => { stop(); search(); });
find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
        const hit = search()[0];
        if (hit) {
            pin({ ...elementOf(hit.key) });
            (shown(hit.key).matches(".node") ? shown(hit.key).querySelector("a") ?? shown(hit.key) : hit.point).focus();
        }
    } else if (event.key === "Escape") {
        find.value = "";
        search();
    }
});
all("summary").forEach((one) => one.addEventListener("click", () => one.parentElement.classList.toggle("opened", !one.parentElement.open)));

// --- colour scheme: the rules for dark pages, of page and picture, made to hold always, never, or as the system says ----------

const dark = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule.media?.mediaText.includes("prefers-color-scheme"))
    .map((rule) => ({ rule, own: rule.media.mediaText }));
const schemes = all("[data-scheme]");

function scheme(name, keep) {
    dark.forEach(({ rule, own }) => { rule.media.mediaText = name === "auto" ? own : name === "dark" ? "screen" : "not all"; });
    root.style.colorScheme = name === "auto" ? "" : name;
    schemes.forEach((button) => press(button, button.dataset.scheme === name));
    try {
        if (keep)
            localStorage.setItem("awsdiag-scheme", name);
    } catch {
        // no storage: the choice holds for this page
    }
}

if (schemes.length) {
    let kept = null;
    try {
        kept = localStorage.getItem("awsdiag-scheme");
    } catch {
        // as above
    }
    scheme(["light", "dark"].includes(kept) ? kept : "auto");
    schemes.forEach((button) => button.addEventListener("click", () => scheme(button.dataset.scheme, true)));
}

// --- language -----------------------------------------------------------------------------------------------------------------

function speak(lang) {
    root.lang = lang;
    all("[data-lang]").forEach((link) => (link.dataset.lang === lang ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    all(`[data-label-${lang}]`).forEach((one) => {
        const label = one.getAttribute(`data-label-${lang}`);
        one.setAttribute("aria-label", label);
        if (one.matches("input"))
            one.placeholder = label;
        else if (one.matches("button"))
            one.title = label;
    });
    document.title = root.getAttribute(`data-title-${lang}`) ?? document.title;
    nameParts();
    restore();
}

// A link to another language (#lang:ja) is followed by style rules where there is no script; here the root says it.
document.addEventListener("click", (event) => {
    const link = event.target.closest("a"), lang = /#.*lang:(\w+)$/.exec(link?.getAttribute("href") ?? "")?.[1];
    if (!lang)
        return;
    event.preventDefault();
    if (location.hash.includes("lang:"))
        location.hash = "";
    speak(lang);
});

root.classList.add("live");
svg.setAttribute("role", "group");
canvas.tabIndex = 0;
canvas.setAttribute("role", "group");
canvas.setAttribute("aria-label", canvas.parentElement.getAttribute("aria-label"));
languages.forEach((lang) => canvas.parentElement.hasAttribute(`data-label-${lang}`) &&
    canvas.setAttribute(`data-label-${lang}`, canvas.parentElement.getAttribute(`data-label-${lang}`)));
speak(/lang:(\w+)$/.exec(location.hash)?.[1] ?? root.lang);
addEventListener("beforeprint", () => {
    stop();
    pin(null);
    cancelAnimationFrame(flight);
    look({ x: 0, y: 0, w: width, h: height });
});
})();
