// `check --format sarif` against the essential structure of SARIF 2.1.0: what must be there, of which type, and the words that are
// allowed. Objects may hold more than is named here, as in the standard most may; what this program writes beyond it is held by
// tests/check/report.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
const program = resolve(process.argv[2]);
const root = new URL("../..", import.meta.url).pathname;
const Ajv = createRequire(join(root, "tests/npm/package.json"))("ajv");

const object = (required, properties) => ({ type: "object", required, properties });
const many = (items, unique) => ({ type: "array", items, ...(unique && { uniqueItems: true }) });
const ref = (name) => ({ $ref: `#/definitions/${name}` });
const string = { type: "string" }, bag = { type: "object" };
const atLeast = (minimum) => ({ type: "integer", minimum });
const level = { enum: ["none", "note", "warning", "error"] };
const schema = {
    definitions: {
        message: { ...object([], { text: string, id: string, markdown: string }), anyOf: [{ required: ["text"] }, { required: ["id"] }] },
        multiformat: object(["text"], { text: string, markdown: string }),
        artifactLocation: object([], { uri: { type: "string", pattern: "^[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]*$" }, uriBaseId: string, index: atLeast(-1) }),
        region: object([], {
            startLine: atLeast(1), startColumn: atLeast(1), endLine: atLeast(1), endColumn: atLeast(1), charOffset: atLeast(-1),
            charLength: atLeast(0), byteOffset: atLeast(-1), byteLength: atLeast(0),
        }),
        location: object([], {
            id: atLeast(-1), message: ref("message"),
            physicalLocation: { ...object([], { artifactLocation: ref("artifactLocation"), region: ref("region") }), anyOf: [{ required: ["address"] }, { required: ["artifactLocation"] }] },
        }),
        rule: object(["id"], {
            id: string, name: string, shortDescription: ref("multiformat"), fullDescription: ref("multiformat"), help: ref("multiformat"),
            helpUri: { type: "string", pattern: "^[a-z][a-z0-9+.-]*:\\S+$" }, properties: bag,
            defaultConfiguration: object([], { enabled: { type: "boolean" }, level, rank: { type: "number", minimum: -1, maximum: 100 } }),
        }),
        suppression: object(["kind"], { kind: { enum: ["inSource", "external"] }, status: { enum: ["accepted", "underReview", "rejected"] }, justification: string }),
        result: object(["message"], {
            ruleId: string, ruleIndex: atLeast(-1), level, message: ref("message"),
            kind: { enum: ["notApplicable", "pass", "fail", "review", "open", "informational"] },
            baselineState: { enum: ["new", "unchanged", "updated", "absent"] }, locations: many(ref("location")),
            relatedLocations: many(ref("location"), true), suppressions: many(ref("suppression"), true), properties: bag,
        }),
        run: object(["tool"], {
            tool: object(["driver"], {
                driver: object(["name"], { name: string, version: string, semanticVersion: string, informationUri: string, rules: many(ref("rule"), true) }),
            }),
            columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] }, results: { type: ["array", "null"], items: ref("result") },
            artifacts: many(object([], { location: ref("artifactLocation") }), true),
        }),
    },
    ...object(["version", "runs"], { $schema: string, version: { enum: ["2.1.0"] }, runs: many(ref("run")) }),
};
const validate = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false, allowUnionTypes: true }).compile(schema);
let failed = 0;
const fail = (text) => { console.error(text); failed = 1; };

const folder = mkdtempSync(join(tmpdir(), "sarif-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
function check(...files) {
    const run = spawnSync(program, ["check", "--format", "sarif", ...files], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26 });
    const log = JSON.parse(run.stdout);
    if (!validate(log)) fail(`${files[0]} ...: ${JSON.stringify(validate.errors.slice(0, 3))}`);
    return log;
}

function* scenarios(at) {
    for (const entry of readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)))
        if (entry.isDirectory()) yield* scenarios(join(at, entry.name));
        else if (entry.name.endsWith(".yaml")) yield join(at, entry.name);
}

writeFileSync(join(folder, "clash.yaml"), "nodes:\n  a: {type: customer-gateway, asn: 65001}\n  b: {type: customer-gateway, asn: 65001}\n" +
    "  hub: virtual-private-gateway\nedges:\n  - {from: a, to: hub, kind: vpn}\n  - {from: b, to: hub, kind: vpn}\n");
writeFileSync(join(folder, "warning.yaml"), "nodes: {net: internet, database: rds}\nedges: [{from: net, to: database}]\n");
writeFileSync(join(folder, "accepted.yaml"), 'nodes: {queue: sqs, table: dynamodb}\nedges: [queue -> table]\nnotes: {accept: {sqs-does-not-push: "left out"}}\n');
writeFileSync(join(folder, "odd name, 100%.yaml"), "nodes: {a: ecc2}\n");
writeFileSync(join(folder, "torn.yaml"), "nodes: {a: [\n");
const { results } = check("clash.yaml", "warning.yaml", "accepted.yaml", "odd name, 100%.yaml", "torn.yaml", "missing.yaml").runs[0];
for (const word of ["error", "warning"]) results.some((one) => one.level === word) || fail(`no result of level ${word}`);
results.some((one) => one.suppressions?.length) || fail("no suppression");
results.some((one) => one.relatedLocations?.length) || fail("no related location");
check("clash.yaml").runs.length === 1 || fail("not one run");
const files = [...scenarios(join(root, "scenarios"))];
check(...files);

// the schema refuses what it should
const good = check("clash.yaml");
const broken = [
    (log) => { log.version = "2.0.0"; }, (log) => { delete log.runs; }, (log) => { delete log.runs[0].tool; }, (log) => { delete log.runs[0].tool.driver.name; },
    (log) => { log.runs[0].results[0].level = "fatal"; }, (log) => { delete log.runs[0].results[0].message; },
    (log) => { log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0; }, (log) => { log.runs[0].columnKind = "bytes"; },
    (log) => { log.runs[0].tool.driver.rules.push(log.runs[0].tool.driver.rules[0]); }, (log) => { delete log.runs[0].tool.driver.rules[0].id; },
];
broken.forEach((damage, i) => { const log = structuredClone(good); damage(log); if (validate(log)) fail(`damage ${i} was not seen`); });
if (!failed) console.log(`SARIF of ${files.length + 6} files holds to the schema; ${broken.length} damaged logs do not`);
process.exit(failed);
