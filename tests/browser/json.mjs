// The JSON of every scenario: valid by templates/json/schema.json, which lets no key by that it does not know; all that the model has is
// in it; everything stands where the SVG has it; references lead somewhere.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { check, checkEqual, finish, program, root } from "./lib/browser.mjs";

const Ajv = createRequire(join(root, "tests/npm/package.json"))("ajv");
const schema = JSON.parse(readFileSync(join(root, "templates/json/schema.json"), "utf8"));
const validate = new Ajv({ allowUnionTypes: true, allErrors: true }).compile(schema);
const run = async (...args) => (await promisify(execFile)(program, args, { maxBuffer: 1 << 26 })).stdout;

function* scenarios(folder) {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)))
        if (entry.isDirectory()) yield* scenarios(join(folder, entry.name));
        else if (entry.name.endsWith(".yaml")) yield join(folder, entry.name);
}

function checkReferences(file, data) {
    const things = new Set([...data.groups, ...data.nodes, ...data.edges].map((one) => one.id));
    const known = (id, from) => check(things.has(id), `${file}: ${from} names ${id}, which is not there`);
    check(things.size === data.groups.length + data.nodes.length + data.edges.length, `${file}: an id stands twice`);
    [...data.groups, ...data.nodes].forEach((node) => node.parent === null || known(node.parent, node.id));
    data.edges.forEach((edge) => [edge.from, edge.to].forEach((end) => known(end, edge.id)));
    [...data.steps, ...data.notes].forEach((one) => one.on.forEach((id) => known(id, one.number)));
    const types = new Set(data.types.map((one) => one.type)), kinds = new Set(data.kinds.map((one) => one.kind));
    [...data.groups, ...data.nodes, ...data.overlays].forEach((one) => check(types.has(one.type), `${file}: no type ${one.type}`));
    data.edges.forEach((edge) => check(kinds.has(edge.kind), `${file}: no kind ${edge.kind}`));
    data.notes.forEach((note) => check((note.state === "violated") === note.proofs.length > 0, `${file}: note ${note.number} is ${note.state} with ${note.proofs.length} proofs`));
}

// What stands in `--dump model`, which is written without this code.
function checkModel(file, data, dump) {
    const nodes = [...dump.matchAll(/^ *(?:node|group) (\S+)/gm)].map((m) => m[1]), edges = [...dump.matchAll(/^ *edge (\S+)/gm)].map((m) => m[1]);
    check(nodes.length > 0, `${file}: the dump of the model names no nodes`);
    checkEqual([...data.groups, ...data.nodes].map((one) => one.id).sort(), nodes.sort(), `${file}: nodes`);
    checkEqual(data.edges.map((one) => one.id), edges, `${file}: edges`);
}

function checkPlaces(file, data, svg) {
    const page = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg);
    checkEqual([data.page.width, data.page.height], page.slice(1).map(Number), `${file}: page`);
    const frames = new Map([...svg.matchAll(/<g class="cluster" id="([^"]*)"[^>]*>(?:\s*<title>[^<]*<\/title>)?(?:\s*<a [^>]*>)?\s*<rect class="frame[^"]*" x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)]
        .map((m) => [m[1], m.slice(2).map(Number)]));
    for (const { id, box } of data.groups)
        checkEqual([box.x, box.y, box.width, box.height], frames.get(id), `${file}: frame of ${id}`);
    const lines = new Map([...svg.matchAll(/<g class="edge" id="([^"]*)"[\s\S]*?<path class="line[^"]*" d="M([-\d.]+) ([-\d.]+)[^"]*?([-\d.]+) ([-\d.]+)"/g)].map((m) => [m[1], m.slice(2).map(Number)]));
    for (const { id, points } of data.edges)
        checkEqual([points[0].x, points[0].y, points.at(-1).x, points.at(-1).y], lines.get(id), `${file}: ends of ${id}`);
    const count = (name, drawn) => (drawn.match(new RegExp(`<g class="${name}"`, "g")) ?? []).length;
    const picture = svg.split(/<g class="(?:steps|notes)"/)[0];
    checkEqual(data.notes.flatMap((note) => note.callouts).length, count("callout", picture), `${file}: callouts`);
    checkEqual(data.steps.flatMap((step) => step.badges).length, count("step", picture), `${file}: badges`);
}

const files = [...scenarios(join(root, "scenarios"))];
async function work() {
    for (let file; (file = files.pop()) !== undefined;) {
        const [text, again, svg, dump] = await Promise.all([run(file, "-q", "-Tjson", "-o-"), run(file, "-q", "-Tjson", "-o-", "--lang", "ja"),
                                                            run(file, "-q", "-Tsvg", "-o-"), run(file, "--dump", "model")]);
        const data = JSON.parse(text), japanese = JSON.parse(again);
        for (const one of [data, japanese])
            check(validate(one), `${file}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
        checkReferences(file, data);
        checkModel(file, data, dump);
        checkPlaces(file, data, svg);
        checkEqual(data.nodes.map((node) => [node.label, node.box]), japanese.nodes.map((node) => [node.label, node.box]), `${file}: nodes in Japanese`);
    }
}
const count = files.length;
check(count > 100, `there are only ${count} scenarios`);
await Promise.all([work(), work()]);

// A key that the schema does not know, and one that is missing, are seen.
const one = JSON.parse(await run(join(root, "scenarios/cloudhub.yaml"), "-q", "-Tjson", "-o-"));
check(!validate({ ...one, more: 1 }), "the schema lets an unknown key by");
delete one.nodes[0].box;
check(!validate(one), "the schema lets a node without a place by");
finish();
