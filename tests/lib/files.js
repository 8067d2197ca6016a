// Shared by the tests of office files: a strict reader of XML, a reader of ZIP files, and runs of the program under test.
const { execFileSync, spawnSync } = require("node:child_process");
const { mkdtempSync, readdirSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, resolve } = require("node:path");
const zlib = require("node:zlib");

const program = resolve(process.argv[2] ?? "build/dev/awsdiag");

let failures = 0;
function check(holds, message) {
    if (!holds && ++failures <= 20)
        console.log(message);
    return Boolean(holds);
}
process.on("exit", (code) => { process.exitCode = code || (failures ? 1 : 0); });

function scratch() {
    const folder = mkdtempSync(join(tmpdir(), "awsdiag-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    return folder;
}

const run = (args, options = {}) => execFileSync(program, args, { stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 30, ...options });
const attempt = (args, options = {}) => spawnSync(program, args, { encoding: "utf8", ...options });

const scenarios = () => readdirSync("scenarios", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml")).sort()
    .map((name) => join("scenarios", name));

// What the program understood: paths of nodes and groups, edges with their ends, by file in the order given.
function models(files) {
    const found = [];
    for (const line of run(["-q", ...files, "--dump", "model"]).toString().split("\n")) {
        const [word, id, from, , to] = line.trim().split(" ");
        if (word === "scenario")
            found.push({ places: [], edges: [], steps: new Set() });
        else if (word === "node" || word === "group")
            found.at(-1).places.push(id);
        else if (word === "edge")
            found.at(-1).edges.push({ id, from, to });
    }
    return found;
}

const entities = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'" };
function decode(text, where) {
    return text.replace(/&[^;]*;?/g, (entity) => {
        const code = entity.match(/^&#(x[0-9a-fA-F]+|[0-9]+);$/);
        if (code)
            return String.fromCodePoint(Number(code[1].replace("x", "0x")));
        check(entity in entities, `${where}: ${entity} is no entity`);
        return entities[entity] ?? "";
    });
}

// A tree of {name, attributes, children, text}; faults are reported with `where`.
function readXml(source, where) {
    const top = { name: "", attributes: {}, children: [], text: "" };
    const stack = [top];
    const token = /<\?xml[^>]*\?>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|([\s\S])/g;
    for (const [, close, name, attributes, empty, text, wrong] of source.matchAll(token)) {
        if (!check(wrong === undefined, `${where}: not well-formed at '${wrong}'`))
            return top;
        if (text !== undefined) {
            check(stack.length > 1 || !text.trim(), `${where}: text outside of the root`);
            stack.at(-1).text += decode(text, where);
        } else if (close) {
            check(stack.length > 1 && stack.pop().name === name, `${where}: </${name}> closes something else`);
        } else if (name) {
            const element = { name, attributes: {}, children: [], text: "", parent: stack.at(-1) };
            for (const [, key, value] of attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
                check(!(key in element.attributes), `${where}: ${name} has ${key} twice`);
                element.attributes[key] = decode(value, where);
            }
            stack.at(-1).children.push(element);
            if (!empty)
                stack.push(element);
        }
    }
    check(stack.length === 1 && top.children.length === 1, `${where}: not one whole element`);
    return top.children[0];
}

// What is in the element, however deep, in order.
function all(element, name, found = []) {
    for (const child of element.children) {
        if (!name || child.name === name)
            found.push(child);
        all(child, name, found);
    }
    return found;
}

// Entries of a ZIP file by name, read as strict readers do: by its directory, which must agree with what stands before the bytes.
function readZip(bytes, where) {
    const entries = new Map();
    const end = bytes.length - 22;
    if (!check(end >= 0 && bytes.readUInt32LE(end) === 0x06054b50, `${where}: no end of a directory`))
        return entries;
    let at = bytes.readUInt32LE(end + 16);
    check(at + bytes.readUInt32LE(end + 12) === end, `${where}: the directory has another size`);
    for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
        check(bytes.readUInt32LE(at) === 0x02014b50, `${where}: no directory entry`);
        const [method, , date, crc, packed, size, nameSize] = [bytes.readUInt16LE(at + 10), bytes.readUInt16LE(at + 12), bytes.readUInt16LE(at + 14),
            bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28)];
        const name = bytes.toString("utf8", at + 46, at + 46 + nameSize), local = bytes.readUInt32LE(at + 42);
        check(bytes.readUInt32LE(local) === 0x04034b50 && bytes.readUInt32LE(local + 14) === crc, `${where}: ${name}: two headers that differ`);
        check(bytes.toString("utf8", local + 30, local + 30 + nameSize) === name, `${where}: ${name}: two names`);
        check(date === 0x21, `${where}: ${name} has a date of its own`);
        const start = local + 30 + nameSize + bytes.readUInt16LE(local + 28), raw = bytes.subarray(start, start + packed);
        const content = method === 8 ? zlib.inflateRawSync(raw) : raw;
        check(content.length === size, `${where}: ${name}: another size`);
        check(crc32(content) === crc, `${where}: ${name}: another checksum`);
        check(!entries.has(name), `${where}: ${name} twice`);
        entries.set(name, content);
        at += 46 + nameSize + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
    check(at === end, `${where}: bytes behind the directory`);
    return entries;
}

const table = Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++)
        n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
});
function crc32(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes)
        crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
}

const otherPlace = { ...process.env, LC_ALL: "tr_TR.UTF-8", LANG: "de_DE.UTF-8", TZ: "Asia/Tokyo", HOME: "/" };

module.exports = { program, check, scratch, run, attempt, scenarios, models, readXml, readZip, all, otherPlace };
