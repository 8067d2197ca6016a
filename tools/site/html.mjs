// What all pages share: escaping, the frame of a page, small parts.
import { languages, word } from "./words.mjs";

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escape = (text) => String(text).replace(/[&<>"]/g, (c) => entities[c]);

// Pages in English stand at the top of the site, the others in a folder of their language.
export const toTop = (lang) => (lang === "en" ? "" : "../");
export const toLanguage = (from, to) => toTop(from) + (to === "en" ? "" : `${to}/`);

// The scheme is chosen before anything is painted.
const scheme = 'try{const t=localStorage.getItem("awsdiag-theme");if(t)document.documentElement.dataset.theme=t}catch{}';

function themeSwitch(lang) {
    const choice = (value, name) => `<button type="button" data-set-theme="${value}" aria-pressed="false">${word(name, lang)}</button>`;
    return `<div class="themes" role="group" aria-label="${word("theme", lang)}">` +
           choice("auto", "themeAuto") + choice("light", "themeLight") + choice("dark", "themeDark") + "</div>";
}

export function page({ lang, file, title, about, body, className, scripts = [] }) {
    const other = languages.find((one) => one !== lang);
    const top = toTop(lang);
    return `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<meta name="description" content="${escape(about)}">
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 3h5v5H2zM9 9h5v5H9z' fill='%23ed7100'/%3E%3Cpath d='M7 5.5h4.5V9' fill='none' stroke='%237d8998' stroke-width='1.5'/%3E%3C/svg%3E">
<link rel="stylesheet" href="${top}assets/site.css">
<script>${scheme}</script>
</head>
<body class="${className}">
<a class="skip" href="#page-main">${word("skip", lang)}</a>
<header class="top">
<a class="brand" href="index.html"><span class="mark" aria-hidden="true"></span>awsdiag</a>
<nav aria-label="${lang === "en" ? "Language" : "言語"}"><a href="${toLanguage(lang, other)}${file}" hreflang="${other}" lang="${other}">${word("language", lang)}</a></nav>
${themeSwitch(lang)}
</header>
<main id="page-main">
${body}
</main>
<footer><p>${word("attribution", lang)}</p></footer>
${scripts.map((script) => `<script src="${top}assets/${script}"></script>\n`).join("")}<script src="${top}assets/site.js"></script>
</body>
</html>
`;
}

// The services of a scenario, each once, in the order of the file.
export function servicesOf(site, scenario) {
    return [...new Set(scenario.nodes.map((node) => node.type))].filter((type) => site.services.has(type));
}

export const typeName = (site, type, lang) => site.types.get(type)?.name?.[lang] ?? type;
export const plainText = (text, lang) => (text ? text[lang] ?? text.en : "");
