// The page of a scenario: the picture one can point at, its steps and notes, its source, what can be downloaded.
import { escape, page, plainText, servicesOf, toTop, typeName } from "./html.mjs";
import { kindName, sections, word } from "./words.mjs";
import { yamlHtml } from "./yaml.mjs";

// What belongs to a step: the lines and nodes with its number, and the ends of the lines.
function targetsOfStep(scenario, number) {
    const edges = scenario.edges.filter((edge) => edge.step === number);
    const nodes = scenario.nodes.filter((node) => node.step === number).map((node) => node.path);
    return [...new Set([...edges.flatMap((edge) => [edge.id, edge.from, edge.to]), ...nodes])];
}

function stepsHtml(scenario, lang) {
    if (!scenario.steps.length)
        return "";
    const items = scenario.steps.map((step) =>
        `<li><button type="button" class="point step-item" data-step="${step.number}" data-targets="${targetsOfStep(scenario, step.number).join(" ")}" aria-pressed="false">` +
        `<span class="badge">${step.number}</span><span>${escape(plainText(step.text, lang))}</span></button></li>`);
    return `<section aria-labelledby="page-steps"><div class="heading"><h2 id="page-steps">${word("steps", lang)}</h2>` +
           `<button type="button" id="page-play" data-stop="${word("stop", lang)}" data-play="${word("play", lang)}">${word("play", lang)}</button></div>` +
           `<ol class="points">${items.join("")}</ol></section>`;
}

// Texts of the scenario's own notes have no id; they are told apart by their order.
function noteTexts(site, scenario) {
    const own = [...scenario.own];
    return scenario.notes.map((note) => {
        const known = site.notes.get(note.id);
        return known ? { ...note, about: known.about, today: known.today, since: known.since, source: known.source, status: known.state }
            : { ...note, about: own.shift()?.text };
    });
}

function noteTags(note, lang) {
    const tags = [`<span class="kind">${kindName(note.kind, lang)}</span>`];
    if (note.state === "held")
        tags.push(`<span class="tag good">${word("held", lang)}</span>`);
    if (note.state === "violated")
        tags.push(`<span class="tag ${note.accepted ? "odd" : "bad"}">${word(note.accepted ? "violated" : "violatedPlain", lang)}</span>`);
    if (note.status === "outdated" || note.status === "wrong")
        tags.push(`<span class="tag old">${word(note.status, lang)}${note.since ? ` ${note.since}` : ""}</span>`);
    return tags.join("");
}

function originHtml(note, lang) {
    if (!note.source?.startsWith("https://"))
        return note.source ? `<span class="origin">${escape(note.source)}</span>` : "";
    return `<a class="origin" href="${escape(note.source)}" rel="noreferrer" aria-label="${word("sourceOf", lang)} ${note.number}: ` +
           `${escape(new URL(note.source).hostname)}">${escape(new URL(note.source).hostname)}</a>`;
}

function notesHtml(site, scenario, lang) {
    const notes = noteTexts(site, scenario);
    if (!notes.length)
        return "";
    const items = notes.map((note) => {
        const old = note.today ? ' class="was"' : "";
        return `<li><button type="button" class="point note-item" data-number="${note.number}" data-targets="${note.on.join(" ")}" aria-pressed="false">` +
               `<span class="badge">${note.number}</span><span><span class="tags">${noteTags(note, lang)}</span><span${old}>${escape(plainText(note.about, lang))}</span>` +
               (note.today ? `<span class="today"><b>${word("today", lang)}</b> ${escape(plainText(note.today, lang))}</span>` : "") + "</span></button>" +
               originHtml(note, lang) + "</li>";
    });
    return `<section aria-labelledby="page-notes"><h2 id="page-notes">${word("notes", lang)}</h2><ul class="points">${items.join("")}</ul></section>`;
}

// Elements that stand on a line of this file; those of a part stand in the part's.
function linesOf(scenario) {
    const source = scenario.source.split("\n");
    const names = (path) => path.split(".").pop();
    const here = (line, needed) => line && needed.every((name) => source[line - 1]?.includes(name));
    return Object.fromEntries([
        ...scenario.nodes.filter((node) => here(node.line, [`${names(node.path)}:`])).map((node) => [node.path, node.line]),
        ...scenario.edges.filter((edge) => here(edge.line, [names(edge.from), names(edge.to)])).map((edge) => [edge.id, edge.line]),
    ]);
}

function downloadsHtml(scenario, lang) {
    const top = toTop(lang);
    const items = scenario.downloads[lang].map(({ format, path, size }) =>
        `<li><a href="${top}${path}"${format.key === "html" ? "" : " download"} title="${escape(plainText(format.about, lang))}"><b>${format.key.toUpperCase()}</b> <span>${size}</span></a></li>`);
    return `<section aria-labelledby="page-download"><h2 id="page-download">${word("download", lang)}</h2><ul class="downloads">${items.join("")}` +
           `<li><a href="${top}files/${scenario.id}.yaml" download><b>YAML</b> <span>${Math.max(1, Math.round(Buffer.byteLength(scenario.source) / 1024))} KB</span></a></li></ul></section>`;
}

function sourceHtml(scenario, lang) {
    const command = `awsdiag ${scenario.file} -o ${scenario.id}.svg${lang === "en" ? "" : ` --lang ${lang}`}`;
    return `<section class="source" aria-labelledby="page-source"><div class="heading"><h2 id="page-source">${word("source", lang)}</h2>` +
           `<button type="button" id="page-copy" data-done="${word("copied", lang)}">${word("copy", lang)}</button></div>` +
           `<p class="command"><code>${escape(command)}</code></p>` +
           `<pre tabindex="0" role="region" aria-label="${escape(scenario.file)}"><code id="page-yaml">${yamlHtml(scenario.source)}</code></pre></section>`;
}

function servicesHtml(site, scenario, lang) {
    const items = servicesOf(site, scenario).map((type) => {
        const icon = site.icons.get(type);
        const picture = icon ? `<img src="${toTop(lang)}${icon}" alt="" width="20" height="20">` : "";
        return `<li><a href="index.html?service=${encodeURIComponent(type)}">${picture}${escape(typeName(site, type, lang))}</a></li>`;
    });
    return `<ul class="services" aria-label="${word("services", lang)}">${items.join("")}</ul>`;
}

function wayOn(scenario, name, lang) {
    return scenario ? `<a class="${name}" href="${scenario.id}.html"><small>${word(name, lang)}</small> ${escape(plainText(scenario.title, lang))}</a>` : "<span></span>";
}

function pictureHtml(scenario, lang) {
    const { svg, legend } = scenario.pictures[lang];
    const lines = legend.map((item) => `<li>${item.svg}${escape(item.text)}</li>`).join("");
    return `<figure class="picture" id="page-picture">
<div class="zoom" role="group" aria-label="${word("picture", lang)}"><button type="button" data-zoom="out" aria-label="${word("zoomOut", lang)}">−</button><button type="button" data-zoom="in" aria-label="${word("zoomIn", lang)}">+</button></div>
<div class="canvas" tabindex="0" role="region" aria-label="${word("picture", lang)}">${svg}</div>
<figcaption>${lines ? `<ul class="legend" aria-label="${word("lines", lang)}">${lines}</ul>` : ""}<p class="tip">${word("tip", lang)}</p></figcaption>
</figure>`;
}

export function scenarioPage(site, scenario, lang, { before, after }) {
    const section = sections.find((one) => one.id === scenario.section);
    const title = plainText(scenario.title, lang);
    const types = Object.fromEntries(scenario.nodes.map((node) => [node.path, typeName(site, node.type, lang)]));
    const kinds = Object.fromEntries(scenario.edges.map((edge) => [edge.id, site.kinds.get(edge.kind)?.name?.[lang] ?? edge.kind]));
    const data = JSON.stringify({ lines: linesOf(scenario), types, kinds }).replace(/</g, "\\u003c");
    const body = `<nav class="trail" aria-label="${lang === "en" ? "Breadcrumb" : "現在地"}"><a class="section-${section.id}" href="index.html?section=${section.id}">${escape(section[lang])}</a></nav>
<h1>${escape(title)}</h1>
${servicesHtml(site, scenario, lang)}
${pictureHtml(scenario, lang)}
<div class="columns">
<div class="story">${stepsHtml(scenario, lang)}${notesHtml(site, scenario, lang)}${downloadsHtml(scenario, lang)}</div>
${sourceHtml(scenario, lang)}
</div>
<nav class="onward" aria-label="${lang === "en" ? "More pictures" : "ほかの図"}">${wayOn(before, "previous", lang)}${wayOn(after, "next", lang)}</nav>
<script type="application/json" id="page-data">${data}</script>`;
    return page({ lang, file: `${scenario.id}.html`, title: `${title} · awsdiag`, about: plainText(scenario.steps[0]?.text, lang) || title,
                  body, className: `scenario section-${section.id}` });
}
