// The gallery as readers meet it: every link leads somewhere, nothing is asked of the network, search and filters find, the
// picture answers to pointer and keyboard, both colour schemes and a small screen are fit to read.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { check, checkAxe, checkEqual, openPage, program, root, scratchFolder, withBrowser } from "./lib/browser.mjs";

const scratch = scratchFolder();
const site = join(scratch, "site");
const url = (file) => pathToFileURL(join(site, file.split("?")[0])).href + (file.includes("?") ? `?${file.split("?")[1]}` : "");
const build = (out, ...args) => execFileSync(join(root, "tools/gallery"), ["--program", program, "--out", out, ...args], { stdio: ["ignore", "ignore", "inherit"] });

function htmlFiles(folder = ".") {
    return readdirSync(join(site, folder), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? htmlFiles(join(folder, entry.name)) : entry.name.endsWith(".html") && !folder.startsWith("files") ? [join(folder, entry.name)] : []);
}

function checkLinks() {
    const pages = htmlFiles();
    checkEqual(pages.length, 2 * (readdirSync(join(site, "thumbnails/en")).length + 1), "number of pages");
    for (const file of pages) {
        const html = readFileSync(join(site, file), "utf8");
        check(html.includes("AWS Architecture Icons (c) Amazon Web Services, Inc."), `${file}: no word of whose the icons are`);
        const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
        checkEqual(ids.filter((id, i) => ids.indexOf(id) !== i), [], `${file}: ids twice`);
        for (const [, link] of html.replace(/<symbol[\s\S]*?<\/symbol>/g, "").matchAll(/\s(?:href|src)="([^"]*)"/g)) {
            if (/^(https:|data:)/.test(link))
                continue;
            const [path, anchor] = link.replace(/&amp;/g, "&").split("?")[0].split("#");
            check(!path || existsSync(join(site, dirname(file), path)), `${file}: ${link} leads nowhere`);
            check(!anchor || ids.includes(anchor), `${file}: ${link} leads nowhere`);
        }
    }
}

// Every format the program writes is there to take away, or to open; but an image map alone, which is of no use.
function checkDownloads() {
    const small = join(scratch, "small");
    build(small, join(root, "scenarios/cloudhub.yaml"));
    const formats = JSON.parse(execFileSync(program, ["list", "formats", "--json"])).map((row) => row.key).filter((key) => key !== "cmapx");
    for (const page of ["cloudhub.html", "ja/cloudhub.html"])
        for (const format of formats)
            check(new RegExp(`href="[^"]*files/[^"]*"(?: download)? [^>]*><b>${format.toUpperCase()}<`).test(readFileSync(join(small, page), "utf8")),
                  `${page}: no download of ${format}`);
}

const shown = (page) => page.locator(".card:visible").evaluateAll((cards) => cards.map((card) => card.dataset.id));

async function checkSearch(browser) {
    const page = await openPage(browser, url("index.html"));
    const total = (await shown(page)).length;
    await page.keyboard.press("/");
    await page.keyboard.type("cloudhub");
    check((await shown(page)).includes("cloudhub"), "search: cloudhub is not found");
    check((await shown(page)).length < 10, "search: cloudhub finds nearly everything");
    await page.fill("#page-search", "re-advertises BGP peer");
    checkEqual(await shown(page), ["cloudhub"], "search for the words of a note");
    check(await page.locator(".hit-text mark").count() > 0, "search: what was found is not marked");
    await page.fill("#page-search", "ＫＩＮＥＳＩＳ redshift");
    check((await shown(page)).includes("kinesis-redshift"), "search: wide letters are not found");
    await page.fill("#page-search", "qqqqzzzz");
    checkEqual(await shown(page), [], "search for what is not there");
    check(await page.locator("#page-none").isVisible(), "search: nothing is said when nothing is found");
    await page.click("#page-clear");
    checkEqual((await shown(page)).length, total, "search: clear brings all back");
    await page.selectOption("#page-service", "kinesis-data-streams");
    check((await shown(page)).includes("log-aggregation") && !(await shown(page)).includes("cloudhub"), "filter by service");
    await page.selectOption("#page-service", "");
    await page.click(".chip[data-section=backup]");
    check((await shown(page)).every((id) => id.startsWith("backup-")) && (await shown(page)).length > 1, "filter by section");
    await page.context().close();

    const linked = await openPage(browser, url("ja/index.html?service=virtual-private-gateway&q=拠点"));
    check((await shown(linked)).includes("cloudhub") && (await shown(linked)).length < 20, "filters from the address, in Japanese");
    await linked.context().close();
}

async function checkPicture(browser) {
    const page = await openPage(browser, url("cloudhub.html"));
    const hot = (selector) => page.locator(`.canvas ${selector}.hot`).evaluateAll((all) => all.map((one) => one.id || one.dataset.number).sort());
    check(await page.locator(".canvas svg > .cluster ~ rect + .edge").count() > 0, "the frame is interrupted behind the gateway astride it");
    await page.locator('[id="cloud.region.vpc.vgw"]').hover();
    checkEqual(await hot(".edge"), ["e1", "e2", "e3", "e4", "e5"], "edges of the node under the pointer");
    check((await hot(".callout")).includes("1"), "callouts of the node under the pointer");
    checkEqual(await page.locator(".step-item.hot").evaluateAll((all) => all.map((one) => one.dataset.step)), ["1", "4"], "steps of the node under the pointer");
    check(await page.locator(".line.hot").first().textContent().then((text) => text.includes("vgw:")), "source of the node under the pointer");
    await page.mouse.move(2, 2);
    checkEqual(await hot(".edge"), [], "edges when the pointer is away");
    await page.locator('.point[data-number="1"]').focus();
    checkEqual(await hot(".callout"), ["1"], "callout of the note with the focus");
    await page.locator('.canvas svg > .callout[data-number="2"]').first().hover();
    check(await page.locator('.point.hot[data-number="2"]').count() === 1, "note of the callout under the pointer");
    await page.locator('.step-item[data-step="4"]').hover();
    checkEqual(await hot(".edge"), ["e4", "e5"], "edges of the step under the pointer");
    // the page may still be scrolling to the line when the pointer is there
    let lit = [];
    for (let i = 0; i < 20 && !lit.includes("tokyo.cgw"); i++) {
        await page.mouse.move(2, 2);
        await page.locator('.line[data-of="tokyo"]').hover();
        await page.waitForTimeout(100);
        lit = await hot(".node");
    }
    check(lit.includes("tokyo.cgw"), "node of the line of the source under the pointer");
    await page.context().close();
}

async function checkKeyboard(browser) {
    const page = await openPage(browser, url("cloudhub.html"));
    const order = [];
    for (let i = 0; i < 80; i++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
            const one = document.activeElement;
            return one === document.body ? "" : one.closest(".node")?.id || one.className || one.tagName;
        });
        if (!at)
            break;
        order.push(at);
    }
    for (const needed of ["skip", "brand", "tokyo.cgw", "cloud.region.vpc.vgw", "point step-item", "point note-item", "origin"])
        check(order.some((at) => at.split(" hot")[0] === needed), `the keyboard does not reach ${needed}: ${order.join(", ")}`);

    const vgw = page.locator('[id="cloud.region.vpc.vgw"]');
    await vgw.focus();
    await page.keyboard.press("Enter");
    checkEqual(await vgw.getAttribute("aria-pressed"), "true", "Enter keeps a node");
    await page.locator("#page-copy").focus();
    check(await page.locator(".canvas .edge.hot").count() === 5, "a kept node stays when the focus moves on");
    await page.keyboard.press("Escape");
    checkEqual(await page.locator(".canvas .edge.hot").count(), 0, "Escape lets a node go");
    check((await vgw.getAttribute("aria-label")).includes("VPN tunnel: Customer gateway"), "a node says what it is connected with");
    await page.context().close();
}

async function checkThemes(browser) {
    const page = await openPage(browser, url("cloudhub.html"));
    const colours = () => page.evaluate(() => ["body", ".canvas .node .label", ".canvas .cluster > .title"].map((selector) => {
        const style = getComputedStyle(document.querySelector(selector));
        return selector === "body" ? style.backgroundColor : style.fill;
    }));
    const light = await colours();
    await page.click('[data-set-theme="dark"]');
    const dark = await colours();
    check(light.every((colour, i) => colour !== dark[i]), `page and picture do not turn dark together: ${light} / ${dark}`);
    await page.reload();
    checkEqual(await colours(), dark, "the scheme is forgotten");
    await page.click('[data-set-theme="light"]');
    await page.emulateMedia({ colorScheme: "dark" });
    checkEqual(await colours(), light, "the reader's choice loses against the system's");
    await page.click('[data-set-theme="auto"]');
    checkEqual(await colours(), dark, "auto does not follow the system");
    await page.context().close();
}

async function checkReadable(browser) {
    const files = ["index.html", "ja/index.html", "cloudhub.html", "ja/log-aggregation.html", "sec-cloudfront-signed-url.html", "ja/sec-saml-ad-federation.html"];
    for (const file of files)
        for (const colorScheme of ["light", "dark"]) {
            const page = await openPage(browser, url(file), { colorScheme });
            await checkAxe(page, `${file} ${colorScheme}`);
            await page.context().close();
        }
    for (const file of files) {
        const page = await openPage(browser, url(file), { viewport: { width: 390, height: 844 } });
        check(await page.evaluate(() => document.documentElement.scrollWidth <= 390), `${file}: wider than a small screen`);
        await page.context().close();
    }
}

build(site, "--formats", "svg");
checkLinks();
checkDownloads();
await withBrowser(async (browser) => {
    for (const test of [checkSearch, checkPicture, checkKeyboard, checkThemes, checkReadable])
        await test(browser);
});
