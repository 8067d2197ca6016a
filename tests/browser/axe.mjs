// Accessibility of pictures inside a page, by the rules of axe: in every theme, in both languages and with both in one picture; a name and a
// long description reach the accessibility tree; the colour scheme of the reader and the language of the page are followed.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { check, checkAxe, checkEqual, program, root, withBrowser } from "./lib/browser.mjs";

const draw = (scenario, ...args) => execFileSync(program, [join(root, "scenarios", scenario), "-q", "-o", "-", "-T", "svg", ...args],
                                                 { encoding: "utf8", maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "ignore"] });
const pageWith = (lang, ...pictures) => `<!doctype html><html lang="${lang}"><head><title>Pictures</title></head><body><main><h1>Pictures</h1>
${pictures.map((svg) => svg.replace(/^<\?xml[^>]*>/, "")).join("\n")}</main></body></html>`;

async function checkThemes(browser) {
    for (const theme of ["light", "dark", "auto", "print"])
        for (const colorScheme of theme === "auto" ? ["light", "dark"] : ["light"])
            for (const lang of ["en", "ja"]) {
                const name = `${theme}, ${colorScheme} page, ${lang}`;
                const page = await browser.newPage({ colorScheme });
                await page.setContent(pageWith(lang, draw("cloudhub.yaml", "--lang", lang, "--theme", theme, "--id-prefix", "a-"),
                                               draw("log-aggregation.yaml", "--lang", lang, "--theme", theme, "--id-prefix", "b-")));
                await checkAxe(page, name);
                const shown = await page.evaluate(() => getComputedStyle(document.querySelector(".background rect, g.background > *")).fill);
                const dark = theme === "dark" || (theme === "auto" && colorScheme === "dark");
                checkEqual(shown, dark ? "rgb(17, 22, 29)" : "rgb(255, 255, 255)", `${name}: ground`);
                await page.close();
            }
}

async function checkNames(browser) {
    const page = await browser.newPage();
    await page.setContent(pageWith("ja", draw("cloudhub.yaml", "--lang", "ja")));
    const client = await page.context().newCDPSession(page);
    const { nodes } = await client.send("Accessibility.getFullAXTree");
    const image = nodes.find((node) => ["image", "img", "SvgRoot", "graphics-document"].includes(node.role?.value) && node.name?.value);
    check(image, "the picture is not in the accessibility tree");
    check(image?.name.value.includes("拠点"), `the picture's name is ${image?.name.value}`);
    check(image?.name.value.includes("接続"), "the long description is not part of what is read");
    await page.close();
}

// One picture with two languages: which one shows, by the language of the page and by a link.
async function checkSwitch(browser) {
    const both = draw("cloudhub.yaml", "--lang", "en+ja");
    const visible = (page) => page.evaluate(() => [...document.querySelectorAll("svg.awsdiag > g[class^=lang]")]
        .filter((group) => getComputedStyle(group).display !== "none").map((group) => group.getAttribute("lang")));
    for (const lang of ["en", "ja", "fr"]) {
        const page = await browser.newPage();
        await page.setContent(pageWith(lang, both));
        checkEqual(await visible(page), [lang === "ja" ? "ja" : "en"], `shown on a page in ${lang}`);
        await checkAxe(page, `two languages on a page in ${lang}`);
        await page.locator(`svg.awsdiag > g[lang=${lang === "ja" ? "ja" : "en"}] > a`).last().click();
        checkEqual(await visible(page), [lang === "ja" ? "en" : "ja"], `shown on a page in ${lang} after the click`);
        await page.close();
    }
}

await withBrowser(async (browser) => {
    await checkThemes(browser);
    await checkNames(browser);
    await checkSwitch(browser);
});
