// What pages do: choose a colour scheme, search and filter the index, point at the parts of a picture. Works from the disk.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const press = (button, on) => button.setAttribute("aria-pressed", String(on));

// --- colour scheme -----------------------------------------------------------------------------------------------------------

function remember(value) {
    try {
        if (value)
            localStorage.setItem("awsdiag-theme", value);
        else
            localStorage.removeItem("awsdiag-theme");
    } catch {
        // no storage: the choice holds for this page
    }
}

function setUpThemes() {
    const root = document.documentElement;
    const buttons = all("[data-set-theme]");
    const show = () => buttons.forEach((button) => press(button, button.dataset.setTheme === (root.dataset.theme ?? "auto")));
    for (const button of buttons)
        button.addEventListener("click", () => {
            const value = button.dataset.setTheme === "auto" ? "" : button.dataset.setTheme;
            if (value)
                root.dataset.theme = value;
            else
                delete root.dataset.theme;
            remember(value);
            show();
        });
    show();
}

// --- index -------------------------------------------------------------------------------------------------------------------

const plain = (text) => text.normalize("NFKC").toLowerCase();
const escapeHtml = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

// Text with what was looked for marked in it; the letters of both forms must agree for their places to.
function marked(text, words) {
    const low = text.toLowerCase();
    const ranges = words.map((word) => [low.indexOf(word), word.length]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0]);
    let html = "", done = 0;
    for (const [at, length] of ranges)
        if (at >= done) {
            html += `${escapeHtml(text.slice(done, at))}<mark>${escapeHtml(text.slice(at, at + length))}</mark>`;
            done = at + length;
        }
    return html + escapeHtml(text.slice(done));
}

// What of a scenario the words were found in: "" for its title, a text, or undefined when one of them is nowhere.
function found(entry, words) {
    if (words.every((word) => entry.plainTitle.includes(word)))
        return "";
    if (!words.every((word) => entry.plainTitle.includes(word) || entry.plainRest.some((text) => text.includes(word))))
        return undefined;
    const score = (text) => words.filter((word) => text.includes(word)).length;
    const best = entry.plainRest.reduce((a, text, i) => (score(text) > score(entry.plainRest[a]) ? i : a), 0);
    return entry.rest[best];
}

function setUpIndex() {
    const form = document.querySelector(".find");
    const [input, select, clear] = ["search", "service", "clear"].map((name) => document.getElementById(`page-${name}`));
    const chips = all(".chip"), cards = all(".card"), count = document.getElementById("page-count");
    const entries = new Map(window.awsdiagSearch.map((entry) =>
        [entry.id, { ...entry, plainTitle: plain(entry.title), plainRest: entry.rest.map(plain) }]));
    let section = "all";

    function showHit(card, text, words) {
        card.querySelector(".hit-text")?.remove();
        if (text && words.length)
            card.querySelector(".name").insertAdjacentHTML("afterend", `<span class="hit-text">${marked(text, words)}</span>`);
    }

    function address() {
        const query = new URLSearchParams();
        if (input.value)
            query.set("q", input.value);
        if (select.value)
            query.set("service", select.value);
        if (section !== "all")
            query.set("section", section);
        try {
            history.replaceState(null, "", location.pathname + (query.size ? `?${query}` : ""));
        } catch {
            // some browsers keep the address of a file as it is
        }
    }

    function show() {
        const words = plain(input.value).split(/\s+/).filter(Boolean);
        let shown = 0;
        for (const card of cards) {
            const where = found(entries.get(card.dataset.id), words);
            const visible = where !== undefined && (section === "all" || card.dataset.section === section) &&
                            (!select.value || card.dataset.services.split(" ").includes(select.value));
            card.hidden = !visible;
            shown += visible;
            showHit(card, visible ? where : "", words);
        }
        chips.forEach((chip) => press(chip, chip.dataset.section === section));
        count.textContent = `${shown} ${count.dataset.words}`;
        document.getElementById("page-none").hidden = shown > 0;
        clear.hidden = !input.value && !select.value && section === "all";
        address();
    }

    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    if (all("option", select).some((option) => option.value === asked.get("service")))
        select.value = asked.get("service");
    if (chips.some((chip) => chip.dataset.section === asked.get("section")))
        section = asked.get("section");

    input.addEventListener("input", show);
    select.addEventListener("change", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
        event.preventDefault();
        input.value = select.value = "";
        section = "all";
        show();
        input.focus();
    });
    for (const chip of chips)
        chip.addEventListener("click", () => {
            section = chip.dataset.section;
            show();
        });
    document.addEventListener("keydown", (event) => {
        if (event.key === "/" && document.activeElement !== input && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            input.focus();
            input.select();
        }
    });
    show();
}

// --- picture -----------------------------------------------------------------------------------------------------------------

// Knows which parts of the picture, of the lists and of the source belong together, and shows some of them at a time.
function setUpPicture(svg) {
    const data = JSON.parse(document.getElementById("page-data").textContent);
    const nodes = all(".node", svg), edges = all(".edge", svg), callouts = all(".canvas svg > .callout"), badges = all(".canvas svg > .step");
    const clusters = all(".cluster", svg), points = all(".point"), lines = new Map(all(".line").map((line) => [line.dataset.line, line]));
    let pinned = null;

    const targetsOf = (point) => (point.dataset.targets ? point.dataset.targets.split(" ") : []);
    const inside = (path, group) => path === group || path.startsWith(`${group}.`);

    // A node or group stands for all that is in it, with its edges and what these lead to.
    function around(path) {
        const ids = new Set(nodes.map((node) => node.id).filter((id) => inside(id, path)));
        for (const edge of edges) {
            const { from, to } = edge.dataset;
            if (inside(from, path) || inside(to, path))
                [edge.id, from, to].forEach((id) => ids.add(id));
        }
        return { ids: ids.add(path) };
    }

    // What a step or a note names: groups with all that is in them, edges with their ends.
    function named(point) {
        const ids = new Set();
        for (const id of targetsOf(point)) {
            ids.add(id);
            nodes.filter((node) => inside(node.id, id)).forEach((node) => ids.add(node.id));
            const edge = edges.find((one) => one.id === id);
            if (edge)
                [edge.dataset.from, edge.dataset.to].forEach((end) => ids.add(end));
        }
        return { ids, step: point.dataset.step, note: point.dataset.number };
    }

    function light(what) {
        svg.classList.toggle("dim", Boolean(what));
        const on = (element, hot) => element.classList.toggle("hot", Boolean(what && hot));
        const { ids = new Set(), step, note } = what ?? {};
        const own = [...(what?.own ?? ids)];
        const isEdge = (id) => edges.some((edge) => edge.id === id);
        const direct = (point) => targetsOf(point).some((id) => ids.has(id));
        [...nodes, ...edges].forEach((element) => on(element, ids.has(element.id)));
        callouts.forEach((callout) => on(callout, note ? callout.dataset.number === note
            : points.some((point) => point.dataset.number === callout.dataset.number && direct(point))));
        const steps = points.filter((point) => point.dataset.step && targetsOf(point).some((id) => ids.has(id) && isEdge(id)));
        badges.forEach((badge) => on(badge, step ? badge.dataset.step === step
            : !note && steps.some((point) => point.dataset.step === badge.dataset.step)));
        points.forEach((point) => on(point, note ? point.dataset.number === note : step ? point.dataset.step === step
            : steps.includes(point) || (point.dataset.number && targetsOf(point).some((id) => own.includes(id)))));
        lines.forEach((line) => line.classList.remove("hot"));
        own.map((id) => lines.get(String(data.lines[id]))).forEach((line) => line?.classList.add("hot"));
    }

    // Brings the first lighted line of the source into its box, without moving the page.
    function showSource() {
        const first = document.querySelector(".line.hot"), box = first?.closest("pre");
        if (box)
            box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    }

    function pin(element, what) {
        pinned = pinned?.element === element ? null : { element, what };
        all("[aria-pressed]", document.getElementById("page-main")).filter((one) => one.matches(".node, .point"))
            .forEach((one) => press(one, one === pinned?.element));
        light(pinned?.what ?? null);
        showSource();
    }

    const restore = () => light(pinned?.what ?? null);

    function follow(element, what, focusable = true) {
        element.addEventListener("pointerenter", () => light(what()));
        element.addEventListener("pointerleave", restore);
        element.addEventListener("click", () => pin(element, what()));
        if (focusable) {
            element.addEventListener("focus", () => light(what()));
            element.addEventListener("blur", restore);
        }
    }

    function nodeName(node) {
        const text = (one) => all("text", one).map((part) => part.textContent).join(" ");
        const ways = edges.filter((edge) => edge.dataset.from === node.id || edge.dataset.to === node.id).map((edge) => {
            const other = document.getElementById(edge.dataset.from === node.id ? edge.dataset.to : edge.dataset.from);
            return `${data.kinds[edge.id]}: ${other ? (other.matches(".node") ? text(other) : other.querySelector(".title")?.textContent ?? "") : ""}`;
        });
        return [text(node), data.types[node.id], ...ways].join(", ");
    }

    function frameOf(node) {
        const box = node.getBBox();
        const frame = document.createElementNS(svg.namespaceURI, "rect");
        Object.entries({ x: box.x - 5, y: box.y - 5, width: box.width + 10, height: box.height + 10, rx: 6, class: "focus" })
            .forEach(([name, value]) => frame.setAttribute(name, value));
        return frame;
    }

    for (const node of nodes) {
        Object.entries({ tabindex: "0", role: "button", "aria-pressed": "false", "aria-label": nodeName(node) })
            .forEach(([name, value]) => node.setAttribute(name, value));
        node.append(frameOf(node));
        follow(node, () => ({ ...around(node.id), own: [node.id] }));
        node.addEventListener("keydown", (event) => {
            if (event.key === "Enter" || event.key === " ") {
                event.preventDefault();
                pin(node, { ...around(node.id), own: [node.id] });
            }
        });
    }
    for (const edge of edges) {
        const hit = edge.querySelector(".line")?.cloneNode();
        if (hit) {
            hit.setAttribute("class", "hit");
            edge.prepend(hit);
        }
        follow(edge, () => ({ ids: new Set([edge.id, edge.dataset.from, edge.dataset.to]), own: [edge.id] }), false);
    }
    for (const cluster of clusters)
        for (const part of all(":scope > .title, :scope > .icon", cluster))
            follow(part, () => ({ ...around(cluster.id), own: [cluster.id] }), false);
    for (const callout of callouts) {
        const point = points.find((one) => one.dataset.number === callout.dataset.number);
        if (point)
            follow(callout, () => named(point), false);
    }
    points.forEach((point) => follow(point, () => named(point)));
    for (const [id, number] of Object.entries(data.lines)) {
        const line = lines.get(String(number));
        line.dataset.of = id;
        const edge = edges.find((one) => one.id === id);
        const what = () => ({ ...(edge ? { ids: new Set([id, edge.dataset.from, edge.dataset.to]) } : around(id)), own: [id] });
        line.addEventListener("pointerenter", () => light(what()));
        line.addEventListener("pointerleave", restore);
    }
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && pinned)
            pin(pinned.element);
    });
    return { light: (point) => light(point ? named(point) : null) };
}

function setUpPlay(picture) {
    const button = document.getElementById("page-play");
    const steps = all(".step-item");
    let timer = 0;
    const stop = () => {
        clearInterval(timer);
        timer = 0;
        button.textContent = button.dataset.play;
        picture.light(null);
    };
    button?.addEventListener("click", () => {
        if (timer) {
            stop();
            return;
        }
        let at = 0;
        const forward = () => (at < steps.length ? picture.light(steps[at++]) : stop());
        timer = setInterval(forward, 2400);
        button.textContent = button.dataset.stop;
        document.getElementById("page-picture").scrollIntoView({ block: "nearest" });
        forward();
    });
}

function setUpZoom(svg) {
    const levels = [1, 1.4, 2, 2.8];
    let at = 0;
    for (const button of all("[data-zoom]"))
        button.addEventListener("click", () => {
            at = Math.max(0, Math.min(levels.length - 1, at + (button.dataset.zoom === "in" ? 1 : -1)));
            svg.style.setProperty("--zoom", levels[at]);
        });
}

function setUpCopy() {
    const button = document.getElementById("page-copy");
    const words = button.textContent;
    button.addEventListener("click", async () => {
        const text = all(".line").map((line) => line.textContent.trimEnd()).join("\n") + "\n";
        try {
            await navigator.clipboard.writeText(text);
            button.textContent = button.dataset.done;
            setTimeout(() => (button.textContent = words), 1600);
        } catch {
            getSelection().selectAllChildren(document.getElementById("page-yaml"));
        }
    });
}

setUpThemes();
if (document.body.classList.contains("index"))
    setUpIndex();
const drawing = document.querySelector(".canvas svg");
if (drawing) {
    setUpPlay(setUpPicture(drawing));
    setUpZoom(drawing);
    setUpCopy();
}
