// The program, asked and put to work.
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { languages } from "./words.mjs";

// What the program prints. It says on standard error what is wrong; without an answer there is no page.
export function awsdiag(program, args) {
    return new Promise((resolve, reject) => {
        execFile(program, args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
            if (error) {
                process.stderr.write(stderr);
                reject(new Error(`${[program, ...args.slice(0, 4)].join(" ")} ...: exit code ${error.code}`));
            } else
                resolve(stdout);
        });
    });
}

// Runs the jobs, as many at once as there are processors, and gives their results in order.
export async function inParallel(jobs) {
    const results = [];
    let next = 0;
    const work = async () => {
        while (next < jobs.length) {
            const mine = next++;
            results[mine] = await jobs[mine]();
        }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    return results;
}

const extra = { svg: ["--theme", "auto"], png: ["--scale", "1.5"] };

// Every scenario in every language and format, below out/files.
export function drawAll(program, out, files, formats) {
    const jobs = languages.flatMap((lang) => formats.map((format) => () =>
        awsdiag(program, ["-q", "--lang", lang, "-T", format.key, ...(extra[format.key] ?? []),
                          "-o", join(out, "files", lang) + "/", ...files])));
    return inParallel(jobs);
}
