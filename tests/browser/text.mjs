// Every text of every scenario, in both languages, as a browser shows it: in our own font, as wide as it was measured, inside the picture
// and its frame; the same through <img>; and in the PNG where the SVG has it.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { check, program, root, scratchFolder, withBrowser } from "./lib/browser.mjs";

const scratch = scratchFolder();
const draw = (scenario, ...args) => execFileSync(program, [scenario, "-q", ...args], { stdio: ["ignore", "ignore", "ignore"] });
const dataUrl = (mime, bytes) => `data:${mime};base64,${Buffer.from(bytes).toString("base64")}`;

// In the page: widths without the help of textLength, boxes, and whether the fonts that were embedded are those in use.
async function measureTexts() {
    await document.fonts.ready;
    const svg = document.querySelector("svg.awsdiag");
    const faces = [...document.fonts];
    for (const face of faces)
        await face.load();
    const inside = (box, frame, slack) => box.x >= frame.x - slack && box.y >= frame.y - slack &&
        box.x + box.width <= frame.x + frame.width + slack && box.y + box.height <= frame.y + frame.height + slack;
    const page = { x: 0, y: 0, width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
    const faults = [];
    const boxes = [];
    let count = 0;
    for (const text of svg.querySelectorAll("text")) {
        const measured = Number(text.getAttribute("textLength"));
        text.removeAttribute("textLength");
        const natural = text.getComputedTextLength();
        const box = text.getBBox();
        const frame = text.closest(".cluster")?.querySelector(":scope > rect.frame, :scope > a > rect.frame");
        count++;
        if (Math.abs(natural - measured) > 0.5)
            faults.push(`"${text.textContent}" is ${natural.toFixed(2)} px wide, measured ${measured}`);
        if (!inside(box, page, 0))
            faults.push(`"${text.textContent}" leaves the picture`);
        if (frame && !inside({ ...box.toJSON?.() ?? box, x: box.x, y: box.y + box.height * 0.2, width: box.width, height: box.height * 0.6 }, frame.getBBox(), 0))
            faults.push(`"${text.textContent}" leaves its frame`);
        boxes.push({ text: text.textContent, x: box.x, y: box.y, width: box.width, height: box.height });
        text.setAttribute("textLength", measured);
    }
    return { count, faults, boxes, faces: faces.map((face) => face.status), size: page };
}

// In a page: the share of pixels of two pictures that differ clearly, and the texts whose ink stands elsewhere by more than `slack` px.
// Ink is what differs from the commonest colour in the box of the text; where it begins, ends and has its centre is compared.
async function comparePictures([one, two, boxes, width, height, slack]) {
    const pixels = async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = document.createElement("canvas");
        canvas.width = width, canvas.height = height;
        const context = canvas.getContext("2d", { willReadFrequently: true });
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, width, height).data;
    };
    const pictures = [await pixels(one), await pixels(two)];
    const grey = (data, x, y) => {
        const at = 4 * (y * width + x);
        return 0.3 * data[at] + 0.6 * data[at + 1] + 0.1 * data[at + 2];
    };
    const inkOf = (data, box) => {
        const [left, top] = [Math.max(0, Math.floor(box.x - 2)), Math.max(0, Math.floor(box.y))];
        const [right, bottom] = [Math.min(width, Math.ceil(box.x + box.width + 2)), Math.min(height, Math.ceil(box.y + box.height))];
        const counts = new Map();
        for (let y = top; y < bottom; y++)
            for (let x = left; x < right; x++)
                counts.set(Math.round(grey(data, x, y)), (counts.get(Math.round(grey(data, x, y))) ?? 0) + 1);
        const ground = [...counts].sort((a, b) => b[1] - a[1])[0][0];
        let [sum, sumX, sumY, first, last] = [0, 0, 0, right, left];
        for (let y = top; y < bottom; y++)
            for (let x = left; x < right; x++) {
                const ink = Math.abs(grey(data, x, y) - ground);
                sum += ink, sumX += ink * x, sumY += ink * y;
                if (ink > 60)
                    first = Math.min(first, x), last = Math.max(last, x);
            }
        return { x: sumX / sum, y: sumY / sum, first, last, sum };
    };
    let different = 0;
    for (let i = 0; i < pictures[0].length; i += 4)
        different += Math.abs(pictures[0][i] - pictures[1][i]) + Math.abs(pictures[0][i + 1] - pictures[1][i + 1]) +
            Math.abs(pictures[0][i + 2] - pictures[1][i + 2]) > 300;
    const moved = boxes.map((box) => [box.text, ...pictures.map((data) => inkOf(data, box))]).filter(([, a, b]) =>
        !(Math.abs(a.x - b.x) <= 0.75 * slack && Math.abs(a.y - b.y) <= 0.75 * slack && Math.abs(a.first - b.first) <= slack &&
          Math.abs(a.last - b.last) <= slack && b.sum > a.sum / 2));
    return { share: different / (width * height), moved };
}

async function checkPicture(browser, scenario, lang) {
    const name = `${basename(scenario, ".yaml")} (${lang})`;
    const stem = join(scratch, `${basename(scenario, ".yaml")}.${lang}`);
    draw(scenario, "--lang", lang, "-o", `${stem}.svg`, "-o", `${stem}.png`);
    const svg = readFileSync(`${stem}.svg`, "utf8");
    const page = await browser.newPage();
    await page.setContent(`<!doctype html><body style="margin:0">${svg.replace(/^<\?xml[^>]*>/, "")}</body>`);
    const found = await page.evaluate(measureTexts);
    check(found.count > 0, `${name}: no text`);
    check(found.faces.length > 0 && found.faces.every((status) => status === "loaded"), `${name}: fonts are ${found.faces}`);
    for (const fault of found.faults)
        check(false, `${name}: ${fault}`);
    const { width, height } = found.size;
    await page.setViewportSize({ width, height });
    const inline = dataUrl("image/png", await page.screenshot());
    await page.setContent(`<!doctype html><body style="margin:0"><img style="display:block" src="${dataUrl("image/svg+xml", svg)}"></body>`);
    await page.evaluate(() => document.querySelector("img").decode());
    const asImage = dataUrl("image/png", await page.screenshot());
    const ours = dataUrl("image/png", readFileSync(`${stem}.png`));
    for (const [what, other, most, slack] of [["through <img>", asImage, 0.0005, 0], ["as PNG", ours, 0.01, 2]]) {
        const { share, moved } = await page.evaluate(comparePictures, [inline, other, found.boxes, width, height, slack]);
        check(share <= most, `${name} ${what}: ${(100 * share).toFixed(3)} % of the pixels differ`);
        check(moved.length === 0, `${name} ${what}: another picture at ${JSON.stringify(moved.slice(0, 3))}`);
    }
    await page.close();
    return found.count;
}

await withBrowser(async (browser) => {
    let texts = 0, pictures = 0;
    for (const file of readdirSync(join(root, "scenarios")).filter((file) => file.endsWith(".yaml")))
        for (const lang of ["en", "ja"]) {
            texts += await checkPicture(browser, join(root, "scenarios", file), lang);
            pictures++;
        }
    process.stdout.write(`${texts} texts in ${pictures} pictures\n`);
});
