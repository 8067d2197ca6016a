// YAML as HTML with its parts marked, line by line. The scenarios are plain YAML: no block scalars, no tags, no anchors.
import { escape } from "./html.mjs";

const patterns = [
    ["c", /^#.*/],
    ["s", /^"(?:[^"\\]|\\.)*"|^'(?:[^']|'')*'/],
    ["k", /^[^\s:{}[\],#"'][^:{}[\],#"']*?(?=:(?:\s|$))/],
    ["o", /^(?:<->|->|<-|--)(?=\s)/],
    ["n", /^-?\d[\d.:/]*(?=[\s,\]}]|$)/],
    ["b", /^(?:true|false|null)(?=[\s,\]}]|$)/],
    ["p", /^[{}[\],:]|^-(?=\s)/],
    ["", /^\s+|^[^\s{}[\],:#"]+|^./],
];

function highlight(line) {
    let html = "";
    for (let rest = line; rest;) {
        const [name, pattern] = patterns.find(([, one]) => one.test(rest));
        const [text] = pattern.exec(rest);
        html += name ? `<span class="y-${name}">${escape(text)}</span>` : escape(text);
        rest = rest.slice(text.length);
    }
    return html;
}

// An edge `- a -> b: ...` is a key to YAML; here its ends and its arrow count.
function highlightEdge(line) {
    const edge = /^(\s*-\s+)(\S+)(\s+)(<->|->|<-|--)(\s+)([^:]+?)(:.*)?$/.exec(line);
    if (!edge)
        return highlight(line);
    const [, dash, from, gap, arrow, gap2, to, rest] = edge;
    const mark = (name, text) => `<span class="y-${name}">${escape(text)}</span>`;
    return mark("p", dash) + mark("k", from) + gap + mark("o", arrow) + gap2 + mark("k", to) + (rest ? mark("p", ":") + highlight(rest.slice(1)) : "");
}

export function yamlHtml(source) {
    return source.trimEnd().split("\n")
        .map((line, i) => `<span class="line" data-line="${i + 1}">${highlightEdge(line) || " "}</span>`).join("\n");
}
