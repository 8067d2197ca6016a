// Builds the gallery: asks the program for everything it knows, draws all scenarios in all formats, writes the pages.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { awsdiag, drawAll } from "./program.mjs";
import { readModels, readNotes } from "./dump.mjs";
import { splitPicture, takeIcons } from "./picture.mjs";
import { indexPage } from "./page_index.mjs";
import { scenarioPage } from "./page_scenario.mjs";
import { languages, sections } from "./words.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");

function usage(message) {
    process.stderr.write(`tools/gallery: ${message}\n`);
    process.exit(2);
}

function options() {
    try {
        const { values, positionals } = parseArgs({
            allowPositionals: true,
            options: { program: { type: "string" }, out: { type: "string" }, formats: { type: "string" } },
        });
        return { program: resolve(values.program), out: resolve(values.out ?? join(root, "out/site")),
                 formats: values.formats?.split(","), files: positionals.map((file) => resolve(file)) };
    } catch (error) {
        return usage(error.message);
    }
}

function scenarioFiles(folder) {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? scenarioFiles(join(folder, entry.name))
            : entry.name.endsWith(".yaml") ? [join(folder, entry.name)] : []);
}

// The section is the folder; scenarios at the top are the ones a reader should see first.
function sectionOf(file) {
    const folder = basename(dirname(file));
    return sections.some((section) => section.id === folder) ? folder : "featured";
}

function byPlace(a, b) {
    const order = (scenario) => sections.findIndex((section) => section.id === scenario.section);
    return order(a) - order(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

// What the program lists, by key.
async function knowledge(program) {
    const list = async (name) => JSON.parse(await awsdiag(program, ["list", name, "--json"]));
    const [services, groups, actors, kinds, notes, categories, formats] =
        await Promise.all(["services", "groups", "actors", "kinds", "notes", "categories", "formats"].map(list));
    const byKey = (rows) => new Map(rows.map((row) => [row.key, row]));
    return { types: byKey([...actors, ...groups, ...services]), services: byKey(services), kinds: byKey(kinds), notes: byKey(notes),
             categories: byKey(categories), formats };
}

async function readScenarios(program, files) {
    const models = await readModels(program, files);
    const notes = await readNotes(program, files);
    return files.map((file, i) => ({
        file: relative(root, file), id: basename(file, ".yaml"), section: sectionOf(file),
        source: readFileSync(file, "utf8"), ...models[i], notes: notes[i],
    })).sort(byPlace);
}

// Formats that a reader may take away, in the order the program lists them. An image map alone is of no use.
function wantedFormats(known, wanted) {
    const unknown = wanted?.filter((format) => !known.some((row) => row.key === format)) ?? [];
    if (unknown.length)
        usage(`there is no format ${unknown.join(", ")}`);
    return known.filter((row) => (wanted ? wanted.includes(row.key) : row.key !== "cmapx") || row.key === "svg");
}

function sizeOf(bytes) {
    return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

// The pictures that were drawn: taken apart for the page, and what can be downloaded.
function collectPictures(site, scenario) {
    scenario.pictures = {};
    scenario.downloads = {};
    for (const lang of languages) {
        const path = (format) => join("files", lang, `${scenario.id}.${format.extension ?? format.key}`);
        scenario.pictures[lang] = splitPicture(readFileSync(join(site.out, path({ key: "svg" })), "utf8"));
        scenario.downloads[lang] = site.formats.map((format) => (
            { format, path: path(format), size: sizeOf(statSync(join(site.out, path(format))).size) }));
    }
}

function writeIcons(site, scenarios) {
    mkdirSync(join(site.out, "icons"), { recursive: true });
    site.icons = new Map();
    for (const scenario of scenarios)
        for (const [type, icon] of takeIcons(scenario.pictures.en.svg))
            if (!site.icons.has(type)) {
                site.icons.set(type, `icons/${type}.svg`);
                writeFileSync(join(site.out, "icons", `${type}.svg`), icon);
            }
}

function writeThumbnails(site, scenarios) {
    for (const lang of languages)
        for (const scenario of scenarios)
            writeFileSync(join(site.out, "thumbnails", lang, `${scenario.id}.svg`), scenario.pictures[lang].alone);
}

function writePages(site, scenarios) {
    mkdirSync(join(site.out, "ja"), { recursive: true });
    for (const lang of languages) {
        const folder = join(site.out, lang === "en" ? "." : lang);
        const { html, search } = indexPage(site, scenarios, lang);
        writeFileSync(join(folder, "index.html"), html);
        writeFileSync(join(site.out, "assets", `search-${lang}.js`), search);
        for (const [i, scenario] of scenarios.entries())
            writeFileSync(join(folder, `${scenario.id}.html`),
                          scenarioPage(site, scenario, lang, { before: scenarios[i - 1], after: scenarios[i + 1] }));
    }
}

process.on("uncaughtException", (error) => {
    process.stderr.write(`tools/gallery: ${error.message}\n`);
    process.exit(1);
});
const started = Date.now();
const { program, out, formats, files } = options();
const site = { out, ...(await knowledge(program)) };
site.formats = wantedFormats(site.formats, formats);
const chosen = files.length ? files : scenarioFiles(join(root, "scenarios")).sort();
rmSync(out, { recursive: true, force: true });
for (const folder of ["assets", ...languages.flatMap((lang) => [`files/${lang}`, `thumbnails/${lang}`])])
    mkdirSync(join(out, folder), { recursive: true });
for (const asset of ["site.css", "site.js"])
    copyFileSync(join(here, asset), join(out, "assets", asset));
const [scenarios] = await Promise.all([readScenarios(program, chosen), drawAll(program, out, chosen, site.formats)]);
for (const scenario of scenarios) {
    collectPictures(site, scenario);
    writeFileSync(join(out, "files", `${scenario.id}.yaml`), scenario.source);
}
writeIcons(site, scenarios);
writeThumbnails(site, scenarios);
writePages(site, scenarios);
const seconds = ((Date.now() - started) / 1000).toFixed(1);
process.stdout.write(`${relative(process.cwd(), join(out, "index.html"))}: ${scenarios.length} scenarios in ` +
                     `${languages.length} languages, as ${site.formats.map((format) => format.key).join(", ")}, in ${seconds} s\n`);
