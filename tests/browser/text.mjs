// Every text of every scenario, in both languages, as a browser shows it. Inline: in our own font, as wide as it was measured, inside the
// box the layout gave it, the badge it stands in, the panel and the picture. Through <img> and in the PNG: its ink, which is what a
// picture without texts has not, stays in that box and is the same in both. A few pictures are also compared pixel by pixel with what
// stands inline, so that what is true of the boxes there is true of the ink.
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { check, program, root, scratchFolder, withBrowser } from "./lib/browser.mjs";

const scratch = scratchFolder();
const langs = ["en", "ja"];
const byPixel = ["cloudhub", "kinesis-redshift", "log-aggregation"];

function yamlFiles(folder) {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? yamlFiles(join(folder, entry.name)) : entry.name.endsWith(".yaml") ? [join(folder, entry.name)] : []);
}

// --- in the page ------------------------------------------------------------------------------------------------------------

function defineTools() {
    const host = document.createElement("div");
    document.body.style.margin = 0;
    document.body.append(host);
    const px = (n) => n.toFixed(1);
    const leaves = (box, place, slack) => Math.max(place.x - box.x, place.y - box.y, box.x + box.w - place.x - place.w, box.y + box.h - place.y - place.h) > slack;
    const meet = (a, b, by) => Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x) > by && Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y) > by;

    // As wide as it is drawn, as high as its letters are, which is less than the line of the font.
    const boxOf = (text) => {
        const size = Number(text.getAttribute("font-size")), y = Number(text.getAttribute("y")), { x, width } = text.getBBox();
        return { x, y: y - 0.82 * size, w: width, h: 1.02 * size };
    };
    // A number or word on a badge: the shape before it that is as small as a badge.
    const badgeOf = (text) => {
        const shape = text.previousElementSibling;
        if (!shape?.matches("circle.shape, rect.shape, rect.tile"))
            return undefined;
        const { x, y, width, height } = shape.getBBox(), round = shape.tagName === "circle" ? 0.12 * width : 0;
        return { x: x + round, y: y + round, w: width - 2 * round, h: height - 2 * round };
    };
    // Where the layout wants it: [what, box].
    const placeOf = (text, layout, panel) => {
        const own = text.closest("g[id]"), badge = badgeOf(text);
        if (badge)
            return ["its badge", badge];
        if (own?.matches(".node"))
            return [`the place of ${own.id}`, layout[own.id]?.box];
        if (own?.matches(".cluster"))
            return [`the title of ${own.id}`, layout[own.id]?.title];
        if (own?.matches(".edge"))
            return [`the label of ${own.id}`, layout[own.id]?.label];
        return text.closest(".steps, .notes, .legend") ? ["the panel", panel] : ["the picture", undefined];
    };

    async function show(svg) {
        host.innerHTML = svg.replace(/^<\?xml[^>]*>/, "");
        const faces = await Promise.all([...document.fonts].map((face) => face.load()));
        return { root: host.querySelector("svg.awsdiag"), loaded: faces.length > 0 && faces.every((face) => face.status === "loaded") };
    }

    function measure(root, layout) {
        const { width, height } = root.viewBox.baseVal, page = { x: 0, y: 0, w: width, h: height };
        const around = root.querySelector(":scope > rect.shape:has(+ g.steps, + g.notes, + g.legend)")?.getBBox();
        const panel = around && { x: around.x + 8, y: around.y + 8, w: around.width - 16, h: around.height - 16 };
        const texts = [...root.querySelectorAll("text")], lengths = texts.map((text) => Number(text.getAttribute("textLength")));
        const faults = [], boxes = [];
        texts.forEach((text) => text.removeAttribute("textLength")); // nothing helps the font to the widths that were measured
        texts.forEach((text, i) => {
            const natural = text.getComputedTextLength(), box = boxOf(text), [what, place] = placeOf(text, layout, panel), name = `"${text.textContent}"`;
            if (!(Math.abs(natural - lengths[i]) <= 0.5))
                faults.push(`${name} is ${px(natural)} px wide, measured ${lengths[i]}`);
            if (leaves(box, page, 0))
                faults.push(`${name} leaves the picture`);
            if (what !== "the picture" && !place)
                faults.push(`${name} has no place: ${what}`);
            if (place && leaves(box, place, what.startsWith("the label") ? 1 : 0.5)) // the boxes of labels are printed in whole pixels
                faults.push(`${name} leaves ${what}: ${[box.x, box.y, box.w, box.h].map(px)} in ${[place.x, place.y, place.w, place.h].map(px)}`);
            boxes.push({ ...box, text: text.textContent });
        });
        for (let i = 0; i < boxes.length; i++)
            for (let k = 0; k < i; k++)
                if (meet(boxes[i], boxes[k], 1))
                    faults.push(`"${boxes[i].text}" lies over "${boxes[k].text}"`);
        return { faults, boxes, width, height };
    }

    async function greyOf(bytes, type, width, height) {
        const image = new Image(), url = URL.createObjectURL(new Blob([bytes], { type }));
        image.src = url;
        await image.decode();
        const canvas = new OffscreenCanvas(width, height), context = canvas.getContext("2d", { willReadFrequently: true });
        const exact = image.naturalWidth === width && image.naturalHeight === height;
        context.drawImage(image, 0, 0, width, height);
        URL.revokeObjectURL(url);
        const { data } = context.getImageData(0, 0, width, height), grey = new Uint8Array(width * height);
        for (let i = 0, at = 0; i < grey.length; i++, at += 4)
            grey[i] = (77 * data[at] + 150 * data[at + 1] + 29 * data[at + 2]) >> 8;
        return { grey, data, exact };
    }

    // Where the ink of a text is: how much, its ends, and how much of it stands in a ring around its box, where no other text is. Edges of
    // shapes are smoothed in another way by another program: `rough` is how much that may be.
    const ring = 4;
    function inkOf(picture, empty, owner, box, index, width, height, rough) {
        let sum = 0, first = Infinity, last = -Infinity, top = Infinity, bottom = -Infinity, outside = 0;
        const x1 = Math.min(width, Math.ceil(box.x + box.w) + ring), y1 = Math.min(height, Math.ceil(box.y + box.h) + ring);
        for (let y = Math.max(0, Math.floor(box.y) - ring); y < y1; y++)
            for (let x = Math.max(0, Math.floor(box.x) - ring), at = y * width + x; x < x1; x++, at++) {
                const ink = Math.abs(picture[at] - empty[at]);
                if (ink <= 48)
                    continue;
                if (owner[at] === index + 1) {
                    sum += ink;
                    first = Math.min(first, x), last = Math.max(last, x), top = Math.min(top, y), bottom = Math.max(bottom, y);
                } else if (owner[at] === 0) {
                    outside += ink > rough;
                }
            }
        return { sum, ends: [first, top, last, bottom], outside };
    }

    const withoutTexts = (svg) => svg.replace("</style>", "text{visibility:hidden}</style>");

    async function compare(svg, png, { boxes, width, height }) {
        const [shown, empty, drawn] = await Promise.all([greyOf(svg, "image/svg+xml", width, height),
            greyOf(withoutTexts(svg), "image/svg+xml", width, height), greyOf(png, "image/png", width, height)]);
        const faults = drawn.exact ? [] : [`the PNG is not ${width} by ${height}`];
        const owner = new Uint16Array(width * height);
        boxes.forEach((box, i) => {
            for (let y = Math.max(0, Math.floor(box.y - 1)); y < Math.min(height, Math.ceil(box.y + box.h + 1)); y++)
                owner.fill(i + 1, y * width + Math.max(0, Math.floor(box.x - 1)), y * width + Math.min(width, Math.ceil(box.x + box.w + 1)));
        });
        boxes.forEach((box, i) => {
            const [image, file] = [[shown, 48], [drawn, 96]].map(([{ grey }, rough]) => inkOf(grey, empty.grey, owner, box, i, width, height, rough));
            const bare = !/[^\s]/u.test(box.text);
            if (!bare && (!image.sum || !file.sum))
                faults.push(`"${box.text}" is not ${image.sum ? "in the PNG" : "seen through <img>"}`);
            if (image.outside)
                faults.push(`"${box.text}" leaves its box through <img> by ${image.outside} pixels`);
            if (file.outside)
                faults.push(`"${box.text}" leaves its box in the PNG by ${file.outside} pixels`);
            const moved = Math.max(...image.ends.map((end, k) => Math.abs(end - file.ends[k])));
            if (!bare && !(moved <= 2 && file.sum > 0.5 * image.sum && file.sum < 2 * image.sum))
                faults.push(`"${box.text}" is another in the PNG: ${file.ends}, ${file.sum}; through <img> ${image.ends}, ${image.sum}`);
        });
        return faults;
    }

    globalThis.tools = {
        async look(svg, png, layout, offset) {
            const { root, loaded } = await show(svg);
            const icon = root.querySelector("g.node use.icon, g.node rect.tile"), [dx, dy] = ["x", "y"].map((name) => Number(icon.getAttribute(name)) - offset[name]);
            for (const boxes of Object.values(layout))
                for (const box of Object.values(boxes))
                    box.x += dx, box.y += dy;
            const found = measure(root, layout);
            if (!loaded)
                found.faults.push("its fonts are not in use");
            if (!found.boxes.length)
                found.faults.push("no text");
            const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
            found.faults.push(...await compare(svg, bytes, found));
            return { faults: found.faults, count: found.boxes.length, width: found.width, height: found.height };
        },
        // The share of pixels of the screen that are others than through <img>.
        async difference(svg, screenshot, width, height) {
            const bytes = Uint8Array.from(atob(screenshot), (c) => c.charCodeAt(0));
            const [a, b] = await Promise.all([greyOf(svg, "image/svg+xml", width, height), greyOf(bytes, "image/png", width, height)]);
            let different = 0;
            for (let i = 0; i < a.grey.length; i++)
                different += Math.abs(a.grey[i] - b.grey[i]) > 48;
            return different / a.grey.length;
        },
    };
}

// --- out of it ----------------------------------------------------------------------------------------------------------------

// The boxes of `--dump layout`, by id: {box, title, label, icon}, whose corner is that of the layout.
async function layoutOf(file) {
    const { stdout } = await promisify(execFile)(program, [file, "-q", "--dump", "layout"], { cwd: root });
    const layout = {};
    for (const line of stdout.split("\n")) {
        const [, id] = line.match(/^(?:cluster|node|edge) (\S+)/) ?? [];
        if (!id)
            continue;
        layout[id] = {};
        for (const [, what, ...at] of line.matchAll(/ (box|title|label|icon) ([-\d.]+),([-\d.]+),([-\d.]+),([-\d.]+)/g)) {
            const [x, y, w, h] = at.map(Number);
            layout[id][what] = { x, y, w, h };
        }
    }
    const first = stdout.match(/^node \S+ .* icon ([-\d.]+),([-\d.]+),/m);
    return { layout, offset: { x: Number(first[1]), y: Number(first[2]) } };
}

function drawAll(files) {
    for (const lang of langs)
        for (const format of ["svg", "png"]) {
            mkdirSync(join(scratch, lang), { recursive: true });
            execFileSync(program, [...files, "--lang", lang, "-T", format, "-o", `${scratch}/${lang}/`], { cwd: root, stdio: "ignore" });
        }
}

async function lookAt(page, file, lang) {
    const stem = join(scratch, lang, basename(file, ".yaml"));
    const svg = readFileSync(`${stem}.svg`, "utf8"), png = readFileSync(`${stem}.png`, "base64");
    const { layout, offset } = await layoutOf(file);
    const found = await page.evaluate((all) => globalThis.tools.look(...all), [svg, png, layout, offset]);
    for (const fault of found.faults)
        check(false, `${file} (${lang}): ${fault}`);
    if (byPixel.includes(basename(file, ".yaml"))) {
        await page.setViewportSize({ width: found.width, height: found.height });
        await page.evaluate(() => document.querySelectorAll("text").forEach((text) => text.getBBox()));
        const screenshot = (await page.screenshot()).toString("base64");
        const share = await page.evaluate((all) => globalThis.tools.difference(...all), [svg, screenshot, found.width, found.height]);
        check(share <= 0.0005, `${file} (${lang}): ${(100 * share).toFixed(3)} % of the pixels differ through <img>`);
        const shapes = execFileSync(program, [file, "-q", "--lang", lang, "--svg-text", "outline", "-T", "svg", "-o", "-"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "ignore"] });
        const other = await page.evaluate((all) => globalThis.tools.difference(...all), [shapes, screenshot, found.width, found.height]);
        check(other <= 0.012, `${file} (${lang}): ${(100 * other).toFixed(3)} % of the pixels differ when texts are outlines`);
    }
    return found.count;
}

const only = process.argv.slice(3);
const files = only.length ? only : yamlFiles("scenarios").sort();
const jobs = files.flatMap((file) => langs.map((lang) => [file, lang]));
let texts = 0, pictures = 0;
drawAll(files);
// A browser for each core: pages of one browser may share a process.
await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, () => withBrowser(async (browser) => {
    const page = await browser.newPage();
    await page.evaluate(defineTools);
    for (let job; (job = jobs.shift());) {
        texts += await lookAt(page, ...job);
        pictures++;
    }
})));
check(only.length || texts > 20 * pictures, "the pictures hold texts");
process.stdout.write(`${texts} texts in ${pictures} pictures\n`);
