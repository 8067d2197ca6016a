// What the program says of a scenario: --dump model and --dump notes, read back.
import { awsdiag, inParallel } from "./program.mjs";

const unquote = (word) => (word.startsWith('"') ? JSON.parse(word.replace(/\n/g, "\\n")) : word);

// Words of a line of a dump; "..." is one word, and key="..." too.
const words = (line) => line.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*")+/g) ?? [];

// `label "en" ja "ja"` behind a word of the line: both languages.
function textAfter(list, name) {
    const at = list.indexOf(name);
    if (at < 0)
        return null;
    const en = unquote(list[at + 1]);
    return { en, ja: list[at + 2] === "ja" ? unquote(list[at + 3]) : en };
}

const numberAfter = (list, name) => (list.includes(name) ? Number(list[list.indexOf(name) + 1]) : null);

function readLine(model, line) {
    const list = words(line);
    const source = Number(/@(\d+):\d+$/.exec(line)?.[1] ?? 0);
    if (list[0] === "scenario")
        Object.assign(model, { title: textAfter(list, "title"), description: textAfter(list, "description") });
    else if (list[0] === "group" || list[0] === "node")
        model.nodes.push({ path: list[1], group: list[0] === "group", type: list[2], label: textAfter(list, "label"),
                           step: numberAfter(list, "step"), line: source });
    else if (list[0] === "edge")
        model.edges.push({ id: list[1], from: list[2], way: list[3], to: list[4], kind: list[5], label: textAfter(list, "label"),
                           step: numberAfter(list, "step"), line: source });
    else if (list[0] === "step")
        model.steps.push({ number: Number(list[1]), text: textAfter(list, "text") });
    else if (list[0] === "own")
        model.own.push({ kind: list[1], on: list[2], text: textAfter(list, "text") });
}

export async function readModels(program, files) {
    const dump = await awsdiag(program, ["-q", "--dump", "model", ...files]);
    const models = [];
    for (const line of dump.split("\n")) {
        if (line.startsWith("scenario"))
            models.push({ nodes: [], edges: [], steps: [], own: [] });
        if (line)
            readLine(models.at(-1), line.trim());
    }
    return models;
}

// "4 cloudhub-one-vgw-many-cgw rule held accepted cloud.vgw e1": note 4 of the picture
function readNote(line) {
    const [number, id, kind, state, ...on] = line.split(" ");
    const accepted = on[0] === "accepted";
    return { number: Number(number), id, kind, state, accepted, on: accepted ? on.slice(1) : on };
}

export async function readNotes(program, files) {
    const dumps = await inParallel(files.map((file) => () => awsdiag(program, ["-q", "--dump", "notes", file])));
    return dumps.map((dump) => dump.split("\n").filter(Boolean).map(readNote));
}
