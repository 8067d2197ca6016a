// The JSON Schema that editors use: every scenario is valid by it, and what the program refuses for its shape is not.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { readdirSync } from "node:fs";
import { join } from "node:path";
const program = process.argv[2];
const root = new URL("../..", import.meta.url).pathname;
const Ajv = createRequire(join(root, "tests/npm/package.json"))("ajv");

const run = (args, input) => execFileSync(program, args, { input, encoding: "utf8", maxBuffer: 1 << 26, stdio: ["pipe", "pipe", "ignore"] });
const schema = JSON.parse(run(["schema"]));
const validate = new Ajv({ strictTypes: false, allowUnionTypes: true }).compile(schema);
let failed = 0;
const fail = (text) => { console.error(text); failed = 1; };

// A scalar as an editor's YAML library understands it.
function scalar(text) {
    if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
    return { true: true, false: false, "": null }[text] ?? (text === "" ? null : text);
}

// `--dump tree` back to values: "key @1:2: VALUE" or "- VALUE" a line, deeper lines within.
function parse(dump) {
    const lines = dump.split("\n").filter((line) => line);
    let at = 0;
    const indent = (line) => line.length - line.trimStart().length;
    const value = (text, depth) => {
        const quoted = text.match(/^("(?:[^"\\]|\\.)*")/);
        if (quoted) return scalar(JSON.parse(quoted[1]));
        const list = text.startsWith("list"), out = list ? [] : {};
        while (at < lines.length && indent(lines[at]) > depth) {
            const line = lines[at++], inner = indent(line), body = line.trim();
            const entry = list ? null : body.match(/^(.*?) @\d+:\d+: (.*)$/);
            if (list) out.push(value(body.slice(2), inner));
            else out[entry[1]] = value(entry[2], inner);
        }
        return out;
    };
    const first = lines[at++];
    return value(first.trim(), indent(first));
}

function* scenarios(folder) {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)))
        if (entry.isDirectory()) yield* scenarios(join(folder, entry.name));
        else if (entry.name.endsWith(".yaml")) yield join(folder, entry.name);
}

let count = 0;
for (const file of scenarios(join(root, "scenarios"))) {
    count++;
    if (!validate(parse(run(["--dump", "tree", file]))))
        fail(`${file}: ${JSON.stringify(validate.errors.slice(0, 3))}`);
}

const nodes = { a: "ec2", b: { type: "rds", engine: "postgres", label: { en: "B", ja: "B" } } };
const valid = [
    { nodes }, { extends: "base.yaml" }, { nodes: { a: { use: "vpn-site", with: { label: "X" } } } },
    { nodes, edges: ["a -> b", { "a -> b": "SQL" }, { "a -> b": { label: "SQL", step: 1 } }, { from: "a", to: "b", kind: "data" }] },
    { nodes, types: { robot: { name: "Robot", icon: "robot.svg", colour: "#0B6E4F" } }, icons: { robot: "robot.svg" }, "as-of": 2019 },
    { nodes, notes: { show: ["x"], accept: { y: "because" }, own: [{ on: "a", text: "t" }] }, steps: { 1: "One" } },
];
const wrong = [
    {}, [], { nodes, nods: {} }, { nodes: { "a b": "ec2" } }, { nodes: { a: { type: "ec2", lable: "x" } } }, { nodes, page: "A4" },
    { nodes: { a: { type: "ec2", step: 100 } } }, { nodes: { a: { type: "ec2", step: 1.5 } } }, { nodes: { a: ["ec2"] } },
    { nodes, edges: [{ from: "a", too: "b" }] }, { nodes, edges: { a: "b" } }, { nodes, title: { fr: "x" } }, { nodes, steps: { one: "x" } },
    { nodes, types: { robot: { name: "Robot", colour: "green" } } }, { nodes, notes: { mode: "loud" } },
    { nodes: { a: { type: "ec2", emphasis: "huge" } } },
];
valid.forEach((value) => validate(value) || fail(`refused: ${JSON.stringify(value)}: ${JSON.stringify(validate.errors)}`));
wrong.forEach((value) => validate(value) && fail(`accepted: ${JSON.stringify(value)}`));

const types = schema.definitions.type.anyOf[0].enum;
for (const word of ["ec2", "ddb", "cgw", "AWS::S3::Bucket", "ロードバランサ"]) types.includes(word) || fail(`${word} is no type of the schema`);
if (new Set(types).size !== types.length) fail("a type stands in the schema twice");
for (const [name, definition] of Object.entries(schema.definitions))
    for (const [key, property] of Object.entries(definition.properties ?? {}))
        if (name.startsWith("a-") && !property.description) fail(`${name}.${key} has no description`);
if (!failed) console.log(`${count} scenarios are valid by the schema`);
process.exit(failed);
