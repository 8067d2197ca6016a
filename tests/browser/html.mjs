// The HTML page as readers meet it: from the disk, asking for nothing, by pointer, keyboard and touch, in both colour schemes, in both
// languages, on a small screen, on paper, and without its script.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { check, checkAxe, checkEqual, openPage, program, root, scratchFolder, withBrowser } from "./lib/browser.mjs";

const scratch = scratchFolder();
const draw = (name, file, ...args) => {
    const out = join(scratch, `${name}.html`);
    execFileSync(program, ["-q", file, "-o", out, ...args], { stdio: ["ignore", "ignore", "ignore"] });
    return pathToFileURL(out).href;
};
const scenario = (name) => join(root, "scenarios", `${name}.yaml`);
const nasty = join(scratch, "nasty.yaml");
writeFileSync(nasty, `title: "</title><script>alert(1)</script> & \\"x\\""
nodes:
  g: {type: vpc, label: "a 'b' <b>", nodes: {x: {type: ec2, label: "</script>", tooltip: "<img src=x onerror=alert(1)>", link: "https://example.com/?a=1&b='2'"}}}
  y: {type: s3, label: "{{word steps}} {{if notes}}"}
edges:
  - g.x -> y: {label: "-->", step: 1, kind: data}
  - y -> g: {kind: replication}
steps: {1: "]]> &amp; </li>"}
notes: {own: [{on: y, text: "</style> own"}]}
`);
const urls = {
    hub: draw("hub", scenario("cloudhub")), both: draw("both", scenario("cloudhub"), "--lang", "en+ja"), ja: draw("ja", scenario("log-aggregation"), "--lang", "ja"),
    dark: draw("dark", scenario("cloudhub"), "--theme", "dark"), prefix: draw("prefix", scenario("cloudhub"), "--lang", "ja+en", "--id-prefix", "p-"), nasty: draw("nasty", nasty),
};
const text = (url) => readFileSync(new URL(url), "utf8");
const hot = (page, kind) => page.locator(`.canvas .${kind}.hot:visible`).evaluateAll((list) => list.map((one) => one.id));
// Texts outside of the picture, whose hidden language a browser counts as text.
const words = async (page) => `${await page.locator("header").innerText()} ${await page.locator(".panel").innerText()}`;
const view = (page) => page.locator(".canvas svg.awsdiag").evaluate((svg) => svg.getAttribute("viewBox").split(" ").map(Number));

// The policy names the style sheets and the script by their hashes, and nothing else may come in.
function checkPolicy() {
    for (const [name, url] of Object.entries(urls)) {
        const page = text(url), policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)[1];
        for (const [, , body] of page.matchAll(/<(style|script)>([\s\S]*?)<\/\1>/g)) {
            const hash = createHash("sha256").update(body).digest("base64");
            check(policy.includes(`'sha256-${hash}'`), `${name}: the policy lacks the hash of ${body.slice(0, 40)}`);
        }
        check(policy.startsWith("default-src 'none';") && !/unsafe|https?:/.test(policy), `${name}: the policy is ${policy}`);
        check(!/\sstyle="|\son\w+="|<link|<img|@import/.test(page), `${name}: something the policy forbids stands in the page`);
        check(!/\{\{/.test(page.replace(/\{\{(word steps|if notes)\}\}/g, name === "nasty" ? "" : "$&")), `${name}: a slot of the template is left`);
    }
}

async function checkStory(browser) {
    const page = await openPage(browser, urls.hub);
    const told = () => page.locator("#ui\\:telling").innerText();
    await page.keyboard.press("ArrowRight");
    checkEqual(await hot(page, "edge"), ["e1", "e2", "e3"], "step 1 lights");
    checkEqual((await hot(page, "node")).sort(), ["cloud.region.vpc.vgw", "nagoya.cgw", "osaka.cgw", "tokyo.cgw"], "nodes of step 1");
    check((await told()).includes("advertises the prefix of its office"), `what is told of step 1: ${await told()}`);
    checkEqual(await page.locator(".runner").count(), 3, "dots that run along the lines");
    await page.keyboard.press("ArrowRight");
    checkEqual(await page.locator(".point[aria-current=step]").getAttribute("data-step"), "2", "the next step");
    await page.keyboard.press("ArrowLeft");
    checkEqual(await page.locator(".point[aria-current=step]").getAttribute("data-step"), "1", "and back");
    await page.keyboard.press("Escape");
    checkEqual(await hot(page, "edge"), [], "Escape ends it");
    checkEqual(await told(), "", "nothing is told then");
    await page.hover(".point[data-step='4']");
    checkEqual(await hot(page, "edge"), ["e4", "e5"], "pointing at step 4");
    await page.mouse.move(5, 5);
    await page.click(".canvas .step[data-step='2']");
    checkEqual(await page.locator(".point[data-step='2']").getAttribute("aria-pressed"), "true", "a badge leads to its step");
    await page.clock.install();
    await page.click("#ui\\:play");
    const played = [];
    for (let i = 0; i < 60 && await page.locator("#ui\\:play").getAttribute("aria-pressed") === "true"; i++) {
        const number = await page.locator(".point[aria-current=step]").getAttribute("data-step");
        if (played.at(-1) !== number)
            played.push(number);
        await page.clock.runFor(1000);
    }
    checkEqual(played, ["2", "3", "4"], "the story goes on");
    checkEqual(await page.locator("#ui\\:play").getAttribute("aria-pressed"), "false", "it stops at its end");
    await page.context().close();
    const calm = await openPage(browser, urls.hub, { reducedMotion: "reduce" });
    await calm.keyboard.press("ArrowRight");
    checkEqual(await calm.locator(".runner").count(), 0, "dots where motion is not wanted");
    await calm.context().close();
}

async function checkNotes(browser) {
    const page = await openPage(browser, urls.hub);
    await page.click(".point[data-number='5']");
    checkEqual(await hot(page, "edge"), ["e1", "e2", "e3"], "note 5 lights");
    const callouts = await page.locator(".canvas .callout.hot").evaluateAll((list) => [...new Set(list.map((one) => one.dataset.number))]);
    checkEqual(callouts, ["5"], "callouts of note 5");
    await page.locator(".canvas .callout[data-number='4']").first().click();
    checkEqual(await page.locator(".point[data-number='4']").getAttribute("aria-pressed"), "true", "a callout leads to its note");
    await page.keyboard.press("Escape");
    await page.hover("[id='tokyo.cgw']");
    const lit = await page.locator(".point.hot[data-number]").evaluateAll((list) => list.map((one) => one.dataset.number));
    checkEqual(lit, ["2", "3"], "notes of a node");
    const tip = await page.locator("#ui\\:tip").innerText();
    check(tip.includes("Customer gateway") && tip.includes("ASN 65001"), `the tooltip says ${tip}`);
    const box = await page.locator("#ui\\:tip").boundingBox(), node = await page.locator("[id='tokyo.cgw']").boundingBox();
    check(box.y >= node.y + node.height || box.y + box.height <= node.y, "the tooltip covers its node");
    check(text(urls.hub).includes('rel="noreferrer" href="https://docs.aws.amazon.com/'), "a note has no source");
    await page.context().close();
}

async function checkView(browser) {
    const page = await openPage(browser, urls.hub);
    const all = await view(page), canvas = await page.locator("#ui\\:canvas").boundingBox();
    const settle = () => page.waitForTimeout(400);
    await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
    const under = () => page.evaluate(([x, y]) => { const at = new DOMPoint(x, y).matrixTransform(document.querySelector(".canvas svg").getScreenCTM().inverse()); return [at.x, at.y]; },
                                      [canvas.x + canvas.width / 2, canvas.y + canvas.height / 2]);
    const before = await under();
    await page.mouse.wheel(0, -500);
    await page.waitForFunction((width) => Number(document.querySelector(".canvas svg").getAttribute("viewBox").split(" ")[2]) < width, all[2]);
    const after = await under();
    check(Math.hypot(before[0] - after[0], before[1] - after[1]) < 1, `the wheel moves what is under the pointer: ${before} to ${after}`);
    const near = await view(page);
    await page.mouse.down();
    await page.mouse.move(canvas.x + canvas.width / 2 + 80, canvas.y + canvas.height / 2 + 40, { steps: 4 });
    await page.mouse.up();
    const dragged = await view(page);
    check(dragged[0] < near[0] && dragged[1] < near[1] && dragged[2] === near[2], `dragging: ${near} to ${dragged}`);
    checkEqual(await page.locator("[aria-pressed=true].point, [aria-pressed=true].node").count(), 0, "a drag is no click");
    await page.click("[data-zoom=fit]");
    await settle();
    checkEqual(await view(page), all, "the button shows all");
    await page.locator("#ui\\:canvas").focus();
    await page.keyboard.press("+");
    await settle();
    const closer = await view(page);
    check(closer[2] < all[2], "+ zooms in");
    await page.keyboard.press("ArrowRight");
    await settle();
    check((await view(page))[0] > closer[0] && await page.locator(".point[aria-current]").count() === 0, "arrows move a picture that is zoomed in");
    await page.keyboard.press("0");
    await settle();
    checkEqual(await view(page), all, "0 shows all");
    await page.context().close();

    const touch = await openPage(browser, urls.hub, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const pinch = (points) => touch.evaluate((list) => {
        const target = document.getElementById("ui:canvas");
        for (const [type, id, x, y] of list)
            target.dispatchEvent(new PointerEvent(type, { pointerId: id, pointerType: "touch", clientX: x, clientY: y, bubbles: true, isPrimary: id === 1 }));
    }, points);
    await pinch([["pointerdown", 1, 180, 300], ["pointerdown", 2, 200, 300], ["pointermove", 1, 140, 300], ["pointermove", 2, 240, 300], ["pointerup", 1, 140, 300], ["pointerup", 2, 240, 300]]);
    check((await view(touch))[2] < all[2] / 2, `two fingers pull it apart: ${await view(touch)}`);
    await touch.context().close();
}

async function checkSearch(browser) {
    const page = await openPage(browser, urls.hub);
    await page.fill("#ui\\:find", "customer 65002");
    checkEqual(await page.locator("#ui\\:found").innerText(), "1", "found");
    checkEqual(await hot(page, "node"), ["osaka.cgw"], "what is found is lit");
    checkEqual(await page.locator("li:visible > .point[data-key]").evaluateAll((list) => list.map((one) => one.dataset.key)), ["osaka", "osaka.cgw"], "the list holds it, and what is around it");
    await page.press("#ui\\:find", "Enter");
    checkEqual(await page.evaluate(() => document.activeElement.id), "osaka.cgw", "Enter leads there");
    await page.fill("#ui\\:find", "ＥＣ２");
    checkEqual(await page.locator("#ui\\:found").innerText(), "2", "wide letters");
    await page.press("#ui\\:find", "Escape");
    check(await page.locator(".point[data-key='tokyo']").count() === 1 && await page.locator(".dim").count() === 0, "Escape ends the search");
    await page.context().close();
}

async function checkLanguages(browser) {
    for (const [name, first, other] of [["both", "en", "ja"], ["prefix", "ja", "en"]]) {
        const page = await openPage(browser, urls[name]);
        const wanted = { en: ["Tokyo office", "Steps", "three offices"], ja: ["東京拠点", "手順", "3 拠点"] };
        const see = async (lang, message) => {
            const said = `${await words(page)} ${await page.title()} ${(await page.locator(".canvas svg > g:visible text").allTextContents()).join(" ")}`;
            wanted[lang].forEach((word) => check(said.includes(word), `${name}, ${message}: ${word} is not there`));
            wanted[lang === "en" ? "ja" : "en"].forEach((word) => check(!said.includes(word), `${name}, ${message}: ${word} is there`));
            checkEqual(await page.evaluate(() => document.documentElement.lang), lang, `${name}, ${message}: language`);
        };
        await see(first, "at first");
        await page.click(`[data-lang=${other}]`);
        await see(other, "after the switch");
        checkEqual(await page.locator("#ui\\:find").getAttribute("aria-label"), { en: "Search services", ja: "サービスを検索" }[other], "name of the search");
        await page.keyboard.press("ArrowRight");
        checkEqual((await hot(page, "edge")).length, 3, `${name}: the story in the other language`);
        await page.click(`[data-lang=${first}]`);
        await see(first, "and back");
        await page.goto(`${urls[name]}#${name === "prefix" ? "p-" : ""}lang:${other}`);
        await page.reload();
        await see(other, "by its address");
        await page.click(`[data-lang=${first}]`);
        await see(first, "and back from there");
        await page.context().close();
    }
}

async function checkSchemes(browser) {
    const page = await openPage(browser, urls.hub, { colorScheme: "light" });
    const colours = () => page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector(".canvas .label")).fill, getComputedStyle(document.querySelector(".legend path")).stroke]);
    const light = await colours();
    await page.click("[data-scheme=dark]");
    const dark = await colours();
    check(dark.every((colour, i) => colour !== light[i]), `page, picture and legend do not turn dark together: ${light} / ${dark}`);
    await page.click("[data-scheme=light]");
    await page.emulateMedia({ colorScheme: "dark" });
    checkEqual(await colours(), light, "the choice wins over the system");
    await page.click("[data-scheme=auto]");
    checkEqual(await colours(), dark, "auto follows the system");
    await page.context().close();
    const fixed = await openPage(browser, urls.dark, { colorScheme: "light" });
    checkEqual(await fixed.evaluate(() => getComputedStyle(document.body).backgroundColor), dark[0], "a dark theme is dark everywhere");
    checkEqual(await fixed.locator("[data-scheme]").count(), 0, "and has no switch");
    await fixed.context().close();
}

async function checkReadable(browser) {
    for (const [name, schemes] of Object.entries({ hub: ["light", "dark"], both: ["light"], ja: ["dark"], dark: ["light"], nasty: ["light"] }))
        for (const colorScheme of schemes) {
            const page = await openPage(browser, urls[name], { colorScheme, reducedMotion: "reduce" });
            await page.locator("details").evaluateAll((list) => list.forEach((one) => { one.open = true; }));
            await checkAxe(page, `${name}, ${colorScheme}`);
            await page.context().close();
        }
    for (const name of ["hub", "both", "ja", "nasty"]) {
        const page = await openPage(browser, urls[name], { viewport: { width: 390, height: 844 } });
        check(await page.evaluate(() => document.documentElement.scrollWidth <= 390), `${name}: wider than a small screen`);
        await page.evaluate(() => window.scrollTo(0, 2000));
        check((await page.locator("#ui\\:canvas").boundingBox()).y >= 0, `${name}: the picture scrolls away from its story`);
        await page.context().close();
    }
    const page = await openPage(browser, urls.hub);
    const order = [];
    for (let i = 0; i < 60; i++) {
        await page.keyboard.press("Tab");
        order.push(await page.evaluate(() => document.activeElement.id || document.activeElement.dataset.step || document.activeElement.dataset.scheme || document.activeElement.className));
    }
    for (const wanted of ["skip", "ui:find", "dark", "ui:canvas", "tokyo.cgw", "ui:play", "1"])
        check(order.includes(wanted), `the keyboard does not reach ${wanted}: ${order.join(" ")}`);
    await page.locator("[id='cloud.region.vpc.vgw']").focus();
    await page.keyboard.press("Enter");
    checkEqual((await hot(page, "edge")).length, 5, "Enter keeps a node");
    const name = await page.locator("[id='tokyo.cgw']").getAttribute("aria-label");
    check(name.includes("ASN 65001") && name.includes("Virtual private gateway"), `a node is called ${name}`);
    await page.context().close();
}

async function checkPaper(browser) {
    const page = await openPage(browser, urls.hub);
    await page.click("[data-zoom=in]");
    await page.keyboard.press("ArrowRight");
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    check(!(await page.locator(".player, .tools, .zoom").evaluateAll((list) => list.some((one) => one.getClientRects().length))), "controls on paper");
    checkEqual([(await view(page))[0], await page.locator(".dim").count()], [0, 0], "all of the picture on paper");
    check((await page.locator(".panel").innerText()).includes("Every customer gateway"), "no story on paper");
    await page.context().close();
}

async function checkStatic(browser) {
    const page = await openPage(browser, urls.both, { javaScriptEnabled: false });
    const seen = await words(page);
    check(seen.includes("Tokyo reaches Osaka") && seen.includes("autonomous system number") && !seen.includes("東京"), "the text without a script");
    checkEqual(await page.locator(".js:visible").count(), 0, "controls without a script");
    await page.locator("summary").first().click();
    check((await page.locator("details").first().innerText()).includes("Sales servers"), "the list opens without a script");
    await page.click("[data-lang=ja]");
    const other = await words(page);
    check(other.includes("東京から大阪") && !other.includes("Tokyo reaches"), "the other language without a script");
    const drawn = (await page.locator(".canvas svg > g:visible").allTextContents()).join(" ");
    check(drawn.includes("東京拠点") && !drawn.includes("Tokyo"), "the picture follows without a script");
    await page.context().close();
}

async function checkNasty(browser) {
    const page = await openPage(browser, urls.nasty);
    page.on("dialog", () => check(false, "a script of the scenario runs"));
    checkEqual(await page.title(), "</title><script>alert(1)</script> & \"x\"", "title");
    const said = await words(page);
    for (const part of ["]]> &amp; </li>", "</style> own"])
        check(said.includes(part), `${part} is not as written: ${said.slice(0, 400)}`);
    await page.locator("summary").first().click();
    check((await page.locator("details").first().innerText()).includes("{{word steps}} {{if notes}}"), "a text is taken for a slot");
    checkEqual(await page.locator(".canvas a").getAttribute("href"), "https://example.com/?a=1&b='2'", "link");
    check(await page.locator("[id='g.x']").getAttribute("tabindex") === null, "a node with a link is two stops of the keyboard");
    await page.context().close();
}

checkPolicy();
await withBrowser(async (browser) => {
    for (const test of [checkStory, checkNotes, checkView, checkSearch, checkLanguages, checkSchemes, checkReadable, checkPaper, checkStatic, checkNasty])
        await test(browser).catch((error) => check(false, `${test.name}: ${error.message.split("\n").slice(0, 3).join(" ")}`));
});
