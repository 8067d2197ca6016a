// Shared by the tests in a browser: headless Chromium, a scratch folder, checks that are counted.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
const packages = createRequire(join(root, "tests/npm/"));

// The program under test: the one argument of every test.
export const program = resolve(process.argv[2] ?? join(root, "build/dev/awsdiag"));

export function scratchFolder() {
    const folder = mkdtempSync(join(tmpdir(), "awsdiag-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    return folder;
}

let failures = 0;
export function check(holds, message) {
    if (!holds) {
        failures++;
        process.stdout.write(`${message}\n`);
    }
    return Boolean(holds);
}

export function checkEqual(got, wanted, message) {
    return check(JSON.stringify(got) === JSON.stringify(wanted),
                 `${message}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
}

// Ends a test that needs no browser with what was found.
export const finish = () => { process.exitCode = failures ? 1 : 0; };

// A browser, for the time of one function. Ends the test with what was found.
export async function withBrowser(use) {
    const { chromium } = packages("playwright-core");
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
    try {
        await use(browser);
    } finally {
        await browser.close();
    }
    finish();
}

// A page that may ask for nothing but files of the disk, and reports every fault of its own.
export async function openPage(browser, url, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on("request", (request) => check(/^(file|data|blob|about):/.test(request.url()), `${url} asks for ${request.url()}`));
    page.on("requestfailed", (request) => check(false, `${url} does not get ${request.url()}`));
    page.on("console", (message) => check(!["error", "warning"].includes(message.type()), `${url}: console: ${message.text()}`));
    page.on("pageerror", (error) => check(false, `${url}: ${error.message}`));
    await page.goto(url);
    return page;
}

const axe = () => readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");

// Accessibility: every rule of axe for WCAG 2.2 AA and its best practices.
export async function checkAxe(page, name) {
    await page.evaluate(axe());
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"], preload: false }));
    for (const violation of violations)
        check(false, `${name}: ${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}
