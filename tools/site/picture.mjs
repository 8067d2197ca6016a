// The SVG of a scenario, taken apart: the drawing without its panel for the page, the kinds of lines it explains, its icons.
// Relies on the contract of the SVG (classes and data attributes), not on how the file is laid out.

const attributes = (tag) => Object.fromEntries([...tag.matchAll(/([\w:-]+)="([^"]*)"/g)].map((m) => [m[1], m[2]]));

// Tags and text in their order, with the depth they stand at; a closing tag has the depth of its opening one.
function* pieces(svg) {
    let depth = 0;
    for (const [piece] of svg.matchAll(/<\/?[a-zA-Z][^>]*>|[^<]+|<[^>]*>/g)) {
        if (piece.startsWith("</"))
            depth--;
        yield { piece, depth };
        if (/^<[a-zA-Z]/.test(piece) && !piece.endsWith("/>"))
            depth++;
    }
}

// The children of the root, each as text.
function childrenOf(svg) {
    const children = [];
    let child = "";
    for (const { piece, depth } of pieces(svg)) {
        if (depth < 1 && !child)
            continue;
        child += piece;
        if (depth === 1 && (piece.startsWith("</") || piece.endsWith("/>"))) {
            children.push(child.trim());
            child = "";
        }
    }
    return children;
}

// --- how large the drawing is -----------------------------------------------------------------------------------------------

function pathPoints(d) {
    const points = [];
    let x = 0, y = 0;
    for (const [, command, rest] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
        const numbers = (rest.match(/-?[\d.]+/g) ?? []).map(Number);
        if (command === "H")
            points.push([(x = numbers.at(-1)), y]);
        else if (command === "V")
            points.push([x, (y = numbers.at(-1))]);
        else
            for (let i = 0; i + 1 < numbers.length; i += 2)
                points.push([(x = numbers[i]), (y = numbers[i + 1])]);
    }
    return points;
}

function textPoints(a) {
    const [x, y, width, size] = [a.x, a.y, a.textLength ?? 0, a["font-size"] ?? 12].map(Number);
    const left = a["text-anchor"] === "middle" ? x - width / 2 : a["text-anchor"] === "end" ? x - width : x;
    return [[left, y - size], [left + width, y + size * 0.3]];
}

function pointsOf(tag) {
    const name = /^<(\w+)/.exec(tag)?.[1];
    const a = attributes(tag);
    if (name === "path")
        return pathPoints(a.d ?? "");
    if (name === "circle")
        return [[a.cx - a.r, a.cy - a.r], [+a.cx + +a.r, +a.cy + +a.r]];
    if (name === "text" && a.x !== undefined)
        return textPoints(a);
    if ((name === "rect" || name === "use") && a.x !== undefined)
        return [[+a.x, +a.y], [+a.x + +a.width, +a.y + +a.height]];
    return [];
}

function boxOf(parts, pad) {
    const points = parts.flatMap((part) => (part.match(/<[a-z][^>]*>/g) ?? []).flatMap(pointsOf));
    const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
    const [left, top] = [Math.floor(Math.min(...xs) - pad), Math.floor(Math.min(...ys) - pad)];
    return { x: left, y: top, width: Math.ceil(Math.max(...xs) + pad) - left, height: Math.ceil(Math.max(...ys) + pad) - top };
}

const viewBox = (box) => `${box.x} ${box.y} ${box.width} ${box.height}`;

// --- for the page -----------------------------------------------------------------------------------------------------------

// The picture follows the colour scheme of the page, which the reader may have chosen against that of the system.
function followPage(style) {
    return style.replace(/@media \(prefers-color-scheme:dark\)\{([\s\S]*?\})\}/g, (_, rules) => {
        const under = (root) => rules.replace(/(^|[},])(\s*)(?=\.)/g, (m) => `${m}${root} `);
        return `@media (prefers-color-scheme:dark){${under(":root:not([data-theme=light])")}}\n${under(":root[data-theme=dark]")}`;
    });
}

// Samples of lines and what they mean, out of the legend.
function legendOf(group, rootClass) {
    const items = [];
    let shapes = [];
    for (const match of (group ?? "").matchAll(/<text([^>]*)>([^<]*)<\/text>|<(?:path|line|rect|circle|polygon)[^>]*>/g)) {
        if (match[2] === undefined)
            shapes.push(match[0]);
        else if (shapes.length) {
            const box = boxOf(shapes, 6);
            items.push({ text: match[2], svg: `<svg class="${rootClass}" aria-hidden="true" width="${box.width}" height="${box.height}" ` +
                                              `viewBox="${viewBox(box)}">${shapes.join("")}</svg>` });
            shapes = [];
        }
    }
    return items;
}

const drawn = new Set(["cluster", "node", "edge", "step", "callout", "life"]);
const classOf = (child) => /^<g\b[^>]*class="([\w-]+)/.exec(child)?.[1];

// Shapes between the groups and the first line or node interrupt frames behind what stands astride them; the panel's ground comes later.
function drawingOf(children) {
    let clusters = false, others = false;
    return children.filter((child) => {
        const name = classOf(child), part = drawn.has(name);
        clusters ||= name === "cluster";
        others ||= part && name !== "cluster";
        return part || (clusters && !others && /^<(rect|path)\b/.test(child));
    });
}

// `svg` is for a page, `alone` for a file: both show the drawing without its panel.
export function splitPicture(svg) {
    const root = attributes(/<svg[^>]*>/.exec(svg)[0]);
    const children = childrenOf(svg);
    const drawing = drawingOf(children);
    const kept = children.filter((child) => /^<(title|desc|style|defs)\b/.test(child));
    const box = boxOf(drawing, 10);
    const [title, desc] = (root["aria-labelledby"] ?? "").split(" ");
    const tag = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="${root.class}" role="group" ` +
                `aria-labelledby="${title}" aria-describedby="${desc}" lang="${root.lang}" width="${box.width}" height="${box.height}" ` +
                `viewBox="${viewBox(box)}" style="--natural:${box.width}px" font-family="${root["font-family"]}">`;
    const whole = (parts) => [tag, ...parts, ...drawing, "</svg>"].join("\n");
    return { svg: whole(kept.map(followPage)), alone: whole(kept), box,
             legend: legendOf(children.find((child) => classOf(child) === "legend"), root.class) };
}

// The icon of every type in the picture, as an SVG of its own: [type, svg]
export function takeIcons(svg) {
    const symbols = new Map([...svg.matchAll(/<symbol id="([^"]*)" viewBox="([^"]*)">([\s\S]*?)<\/symbol>/g)].map((m) => [m[1], m]));
    const icons = [];
    for (const [, type, id] of svg.matchAll(/<g class="(?:node|cluster)[^>]*data-type="([^"]*)"[^>]*>(?:(?!<\/g>)[\s\S])*?<use[^>]*href="#([^"]*)"/g)) {
        const symbol = symbols.get(id);
        if (symbol)
            icons.push([type, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${symbol[2]}">${symbol[3]}</svg>\n`]);
    }
    return icons;
}
