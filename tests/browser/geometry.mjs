// Measures the finished SVGs as a browser lays them out, with no number of the program's own: icons, names, titles, labels, badges,
// callouts and frames by their boxes, lines by points along them. On every scenario and hard case, in both languages: nothing
// overlaps, no line runs through a node or over a text, no frame cuts a text, no two lines share a run but on their way from an end
// they have in common, and every line ends at its node.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { check, openPage, program, root, scratchFolder, withBrowser } from "./lib/browser.mjs";

const scratch = scratchFolder();

function yamlFiles(folder) {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? yamlFiles(join(folder, entry.name)) : entry.name.endsWith(".yaml") ? [join(folder, entry.name)] : []);
}

// Runs in the page; returns one sentence a fault.
function measure() {
    const faults = [];
    const box = (element) => {
        const r = element.getBoundingClientRect();
        return { x0: r.left, y0: r.top, x1: r.right, y1: r.bottom };
    };
    const join = (boxes) => ({ x0: Math.min(...boxes.map((b) => b.x0)), y0: Math.min(...boxes.map((b) => b.y0)),
                               x1: Math.max(...boxes.map((b) => b.x1)), y1: Math.max(...boxes.map((b) => b.y1)) });
    const overlap = (a, b, by) => Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0) > by && Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0) > by;
    const inside = (p, b, by) => p.x > b.x0 + by && p.x < b.x1 - by && p.y > b.y0 + by && p.y < b.y1 - by;
    // A line of text: as wide as it is drawn, as high as its letters are, which is less than the line of the font.
    const textBox = (text) => {
        const size = Number.parseFloat(getComputedStyle(text).fontSize), drawn = box(text);
        const base = text.getStartPositionOfChar(0).matrixTransform?.(text.getScreenCTM()) ?? text.getStartPositionOfChar(0);
        const y = new DOMPoint(base.x, text.getStartPositionOfChar(0).y).matrixTransform(text.getScreenCTM()).y;
        return { x0: drawn.x0, x1: drawn.x1, y0: y - 0.8 * size, y1: y + 0.2 * size };
    };
    const texts = (element) => [...element.querySelectorAll("text")].filter((text) => text.textContent.trim()).map(textBox);

    const nodes = [...document.querySelectorAll("g.node")].map((g) => {
        const shapes = [...g.children].flatMap((child) => child.tagName === "a" ? [...child.children] : [child]).filter((child) => !["text", "title"].includes(child.tagName));
        const names = [...g.querySelectorAll("text.label, text.detail, .label text, .detail text")];
        // the drawing of an icon may be smaller than its place
        const place = (shape) => {
            const frame = shape.getAttribute("width") && shape.getScreenCTM(), at = (name) => Number(shape.getAttribute(name));
            if (!frame)
                return box(shape);
            const p = new DOMPoint(at("x"), at("y")).matrixTransform(frame), q = new DOMPoint(at("x") + at("width"), at("y") + at("height")).matrixTransform(frame);
            return { x0: p.x, y0: p.y, x1: q.x, y1: q.y };
        };
        const icon = join(shapes.map(place)), words = (names.length ? names : [...g.querySelectorAll("text")]).map(textBox).filter((b) => b.y0 > icon.y1 - 8);
        return { id: g.id, icon, words, all: join([icon, ...words]) };
    });
    // a frame that is interrupted is a path of straight runs, each moved to anew
    const runsOf = (frame) => frame.tagName === "path" ? [...frame.getAttribute("d").matchAll(/M([^M]+)/g)].map(([, run]) => {
        const path = document.createElementNS("http://www.w3.org/2000/svg", "path"), matrix = frame.getScreenCTM();
        path.setAttribute("d", `M${run}`);
        const b = path.getPointAtLength(path.getTotalLength()).matrixTransform(matrix), a = path.getPointAtLength(0).matrixTransform(matrix);
        return { x0: Math.min(a.x, b.x), y0: Math.min(a.y, b.y), x1: Math.max(a.x, b.x), y1: Math.max(a.y, b.y) };
    }) : undefined;
    const clusters = [...document.querySelectorAll("g.cluster")].map((g) => ({ id: g.id, frame: box(g.querySelector(".frame")), runs: runsOf(g.querySelector(".frame")), words: [...g.querySelectorAll("text.title, text.detail")].map(textBox) }));
    const edges = [...document.querySelectorAll("g.edge")].map((g) => {
        const path = g.querySelector("path.line"), matrix = path.getScreenCTM(), length = path.getTotalLength(), points = [];
        for (let at = 0; at <= length; at += 2) {
            const p = path.getPointAtLength(at).matrixTransform(matrix), q = path.getPointAtLength(Math.min(length, at + 0.5)).matrixTransform(matrix);
            points.push({ x: p.x, y: p.y, at, flat: Math.abs(q.y - p.y) < 0.05, upright: Math.abs(q.x - p.x) < 0.05 });
        }
        const end = path.getPointAtLength(length).matrixTransform(matrix);
        return { id: g.id, from: g.dataset.from, to: g.dataset.to, points, length, end, label: [...g.querySelectorAll(".label text")].map(textBox) };
    });

    const middle = (b) => ({ x0: (b.x0 + b.x1) / 2 - 0.1, x1: (b.x0 + b.x1) / 2 + 0.1, y0: (b.y0 + b.y1) / 2 - 0.1, y1: (b.y0 + b.y1) / 2 + 0.1 });
    // A callout of a line stands on it like a bead.
    const threads = (edge, b) => {
        const x = (b.x0 + b.x1) / 2, y = (b.y0 + b.y1) / 2;
        return edge.points.some((p) => Math.hypot(p.x - x, p.y - y) < 7);
    };

    // Units of text: what belongs together may touch itself.
    const units = [];
    for (const node of nodes)
        if (node.words.length)
            units.push({ name: `the name of ${node.id}`, boxes: node.words, node });
    for (const cluster of clusters)
        if (cluster.words.length)
            units.push({ name: `the title of ${cluster.id}`, boxes: cluster.words, cluster });
    for (const edge of edges)
        if (edge.label.length)
            units.push({ name: `the label of ${edge.id}`, boxes: edge.label });
    for (const mark of document.querySelectorAll("g.step, g.callout, g.life"))
        units.push({ name: `the ${mark.getAttribute("class")} ${mark.dataset.step ?? mark.dataset.number ?? ""}`, boxes: [box(mark)], mark: true, life: mark.classList.contains("life"),
                     page: mark.closest("g.steps, g.notes") });
    for (const part of document.querySelectorAll("svg > g.title, svg > g.steps, svg > g.notes, svg > g.legend"))
        for (const text of texts(part))
            units.push({ name: `a text of the ${part.getAttribute("class")}`, boxes: [text], page: part });

    for (let i = 0; i < nodes.length; i++) {
        for (let k = 0; k < i; k++)
            if (overlap(nodes[i].all, nodes[k].all, 0.5))
                faults.push(`nodes overlap: ${nodes[i].id} and ${nodes[k].id}`);
        const parent = clusters.find((cluster) => cluster.id === nodes[i].id.replace(/\.[^.]*$/, "") && nodes[i].id.includes("."));
        if (parent) {
            const f = parent.frame, a = nodes[i].icon;
            nodes[i].astride = [a.x0 < f.x0 && a.x1 > f.x0, a.x0 < f.x1 && a.x1 > f.x1, a.y0 < f.y0 && a.y1 > f.y0, a.y0 < f.y1 && a.y1 > f.y1].includes(true) ? parent.id : null;
            if (!nodes[i].astride && (a.x0 < f.x0 || a.y0 < f.y0 || nodes[i].all.x1 > f.x1 || nodes[i].all.y1 > f.y1))
                faults.push(`nodes overlap: ${nodes[i].id} sticks out of ${parent.id}`);
        }
    }
    for (const edge of edges) {
        for (const node of nodes) {
            const own = node.id === edge.from || node.id === edge.to;
            if (edge.points.some((p) => inside(p, own ? node.icon : node.all, 1)))
                faults.push(`line through node: ${edge.id} through ${node.id}`);
        }
        for (const unit of units)
            if (edge.points.some((p) => unit.boxes.some((b) => inside(p, b, 0.5))) && !(unit.mark && !unit.life && threads(edge, unit.boxes[0])))
                faults.push(`line over text: ${edge.id} over ${unit.name}`);
        for (const [id, p] of [[edge.from, edge.points[0]], [edge.to, edge.end]]) {
            const node = nodes.find((n) => n.id === id), cluster = clusters.find((c) => c.id === id), b = node ? node.all : cluster?.frame;
            const far = !b ? 0 : node ? Math.max(b.x0 - p.x, p.x - b.x1, b.y0 - p.y, p.y - b.y1)
                                      : Math.min(Math.max(Math.abs(p.x - b.x0), b.y0 - p.y, p.y - b.y1), Math.max(Math.abs(p.x - b.x1), b.y0 - p.y, p.y - b.y1),
                                                 Math.max(Math.abs(p.y - b.y0), b.x0 - p.x, p.x - b.x1), Math.max(Math.abs(p.y - b.y1), b.x0 - p.x, p.x - b.x1));
            if (!b || far > 5)
                faults.push(`loose end: ${edge.id} does not reach ${id}`);
        }
    }
    for (let i = 0; i < units.length; i++) {
        const a = units[i];
        for (let k = 0; k < i; k++)
            if (!(a.page && a.page === units[k].page) && a.boxes.some((p) => units[k].boxes.some((q) => overlap(p, q, 0.5))))
                faults.push(`text over text: ${a.name} and ${units[k].name}`);
        for (const node of nodes)
            if (!a.mark && a.node !== node && a.boxes.some((b) => overlap(b, node.icon, 0.5)))
                faults.push(`text over icon: ${a.name} and ${node.id}`);
        for (const { id, frame: f, runs } of clusters) {
            const sides = runs ?? [{ x0: f.x0, x1: f.x0, y0: f.y0, y1: f.y1 }, { x0: f.x1, x1: f.x1, y0: f.y0, y1: f.y1 },
                           { x0: f.x0, x1: f.x1, y0: f.y0, y1: f.y0 }, { x0: f.x0, x1: f.x1, y0: f.y1, y1: f.y1 }];
            if (a.node?.astride === id) /* it stands on the frame, which is interrupted behind it */
                continue;
            if (a.mark && sides.some((s) => overlap(middle(a.boxes[0]), { x0: s.x0 - 6, x1: s.x1 + 6, y0: s.y0 - 6, y1: s.y1 + 6 }, 0)))
                continue; /* like a bead */
            if (a.boxes.some((b) => sides.some((s) => overlap(b, { x0: s.x0 - 0.6, x1: s.x1 + 0.6, y0: s.y0 - 0.6, y1: s.y1 + 0.6 }, 0.5))))
                faults.push(`text cut by frame: ${a.name} by ${id}`);
        }
    }
    // Points of two lines on each other, going the same way, must begin at an end both have and go on without a gap.
    const cells = new Map();
    const shared = new Map();
    edges.forEach((edge, e) => edge.points.forEach((p) => {
        if (!p.flat && !p.upright)
            return;
        const cx = Math.round(p.x / 3), cy = Math.round(p.y / 3), met = new Set();
        for (let x = cx - 1; x <= cx + 1; x++)
            for (let y = cy - 1; y <= cy + 1; y++)
                for (const [o, q] of cells.get(`${x},${y}`) ?? [])
                    if (o !== e && !met.has(o) && ((p.flat && q.flat && Math.abs(p.y - q.y) < 0.9 && Math.abs(p.x - q.x) < 2.1) ||
                                   (p.upright && q.upright && Math.abs(p.x - q.x) < 0.9 && Math.abs(p.y - q.y) < 2.1))) {
                        met.add(o);
                        const key = `${o} ${e}`;
                        shared.set(key, [...(shared.get(key) ?? []), p.at]);
                    }
        const key = `${cx},${cy}`;
        cells.set(key, [...(cells.get(key) ?? []), [e, p]]);
    }));
    for (const [key, ats] of shared) {
        const [a, b] = key.split(" ").map((i) => edges[i]);
        const runs = (from) => from.sort((x, y) => x - y).every((at, i, all) => at - (i ? all[i - 1] : 0) < 24);
        const fromStart = (b.from === a.from || b.from === a.to) && runs([...ats]);
        const fromEnd = (b.to === a.from || b.to === a.to) && runs(ats.map((at) => b.length - at));
        if (ats.length > 3 && !fromStart && !fromEnd)
            faults.push(`shared run: ${a.id} and ${b.id} on ${Math.round(ats.length * 2)} px`);
    }
    return { faults, nodes: nodes.length, edges: edges.length, texts: units.length };
}

const only = process.argv.slice(3);
const files = only.length ? only : [...yamlFiles("scenarios"), ...yamlFiles("tests/layout")].sort();
const seen = { nodes: 0, edges: 0, texts: 0, pictures: 0 };
await withBrowser(async (browser) => {
    const page = await openPage(browser, "about:blank");
    for (const lang of ["en", "ja"]) {
        const folder = join(scratch, lang);
        mkdirSync(folder);
        execFileSync(program, [...files, "--lang", lang, "-o", `${folder}/`], { cwd: root, stdio: "ignore" });
        for (const file of files) {
            await page.goto(pathToFileURL(join(folder, basename(file).replace(/yaml$/, "svg"))).href);
            await page.evaluate(() => document.fonts.ready.then(() => true));
            const { faults, ...counts } = await page.evaluate(measure);
            for (const key in counts)
                seen[key] += counts[key];
            seen.pictures++;
            for (const fault of faults)
                check(false, `${file} (${lang}): ${fault}`);
        }
    }
    check(only.length || seen.nodes > 1000, "the pictures hold nodes");
    check(only.length || seen.edges > 1000, "the pictures hold edges");
    process.stdout.write(`${seen.pictures} pictures: ${seen.nodes} nodes, ${seen.edges} lines, ${seen.texts} texts\n`);
});
