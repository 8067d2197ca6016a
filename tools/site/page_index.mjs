// The page to browse: all scenarios as cards, with search and filters.
import { escape, page, plainText, servicesOf, toTop, typeName } from "./html.mjs";
import { languages, sections, word } from "./words.mjs";

function chips(scenarios, lang) {
    const chip = (id, name, count) => `<button type="button" class="chip section-${id}" data-section="${id}" aria-pressed="${id === "all"}">` +
                                      `${escape(name)} <span class="count">${count}</span></button>`;
    const own = sections.map((section) => [section, scenarios.filter((scenario) => scenario.section === section.id).length]);
    return chip("all", word("all", lang), scenarios.length) +
           own.filter(([, count]) => count).map(([section, count]) => chip(section.id, section[lang], count)).join("");
}

// The services in use, under the names of their categories.
function serviceOptions(site, scenarios, lang) {
    const uses = new Map();
    for (const scenario of scenarios)
        for (const type of servicesOf(site, scenario))
            uses.set(type, (uses.get(type) ?? 0) + 1);
    const groups = new Map();
    for (const type of uses.keys()) {
        const category = site.types.get(type).under ?? "";
        groups.set(category, [...(groups.get(category) ?? []), type]);
    }
    const name = (category) => site.categories.get(category)?.name?.[lang] ?? category;
    const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    return [...groups].sort((a, b) => byName(name(a[0]), name(b[0]))).map(([category, types]) =>
        `<optgroup label="${escape(name(category))}">` +
        types.sort((a, b) => byName(typeName(site, a, lang), typeName(site, b, lang)))
            .map((type) => `<option value="${type}">${escape(typeName(site, type, lang))} (${uses.get(type)})</option>`).join("") +
        "</optgroup>").join("");
}

function card(site, scenario, lang) {
    const types = servicesOf(site, scenario);
    const shown = types.filter((type) => site.icons.has(type)).slice(0, 6);
    const icons = shown.map((type) => `<img src="${toTop(lang)}${site.icons.get(type)}" alt="" width="20" height="20" loading="lazy">`);
    return `<li class="card section-${scenario.section}" data-id="${scenario.id}" data-section="${scenario.section}" data-services="${types.join(" ")}">
<a href="${scenario.id}.html"><span class="thumb"><img src="${toTop(lang)}thumbnails/${lang}/${scenario.id}.svg" alt="" width="320" height="200" loading="lazy"></span>
<span class="name">${escape(plainText(scenario.title, lang))}</span>
<span class="tools">${icons.join("")}<span class="types">${types.map((type) => escape(typeName(site, type, lang))).slice(0, 3).join(", ")}</span></span></a>
</li>`;
}

// What can be searched of a scenario: first the title in both languages, then its parts, then its notes.
function searchable(site, scenario, lang) {
    const rest = [...scenario.nodes.map((node) => plainText(node.label, lang)),
                  ...scenario.nodes.map((node) => typeName(site, node.type, lang)), ...scenario.nodes.map((node) => node.type),
                  ...scenario.edges.map((edge) => plainText(edge.label, lang)),
                  ...scenario.edges.map((edge) => site.kinds.get(edge.kind)?.name?.[lang] ?? ""),
                  ...scenario.steps.map((step) => plainText(step.text, lang)),
                  ...scenario.notes.map((note) => site.notes.get(note.id)?.about?.[lang] ?? "")];
    return { id: scenario.id, title: languages.map((one) => plainText(scenario.title, one)).join(" / "),
             rest: [...new Set(rest.filter(Boolean))] };
}

export function indexPage(site, scenarios, lang) {
    const body = `<div class="lead">
<h1>${word("gallery", lang)}</h1>
<p>${word("lead", lang)}</p>
</div>
<form class="find" role="search" action="">
<div class="row">
<label class="box"><span class="unseen">${word("search", lang)}</span><input id="page-search" type="search" name="q" autocomplete="off" placeholder="${word("search", lang)}"></label>
<label class="box"><span class="unseen">${word("service", lang)}</span><select id="page-service" name="service"><option value="">${word("allServices", lang)}</option>${serviceOptions(site, scenarios, lang)}</select></label>
<button type="reset" id="page-clear" hidden>${word("clear", lang)}</button>
</div>
<div class="chips" role="group" aria-label="${lang === "en" ? "Section" : "分野"}">${chips(scenarios, lang)}</div>
</form>
<p id="page-count" class="state" role="status" data-words="${word("matched", lang)}">${scenarios.length} ${word("matched", lang)}</p>
<h2 class="unseen">${word("picture", lang)}</h2>
<ul class="cards" id="page-cards">
${scenarios.map((scenario) => card(site, scenario, lang)).join("\n")}
</ul>
<p id="page-none" hidden>${word("none", lang)}</p>`;
    const html = page({ lang, file: "index.html", title: `${word("gallery", lang)} · awsdiag`, about: word("lead", lang), body,
                        className: "index", scripts: [`search-${lang}.js`] });
    const search = `window.awsdiagSearch = ${JSON.stringify(scenarios.map((scenario) => searchable(site, scenario, lang)))};\n`;
    return { html, search };
}
