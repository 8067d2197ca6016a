/* Any bytes through the public header: read, checked, laid out, dumped and drawn in every format, under small limits. Whatever they are,
 * nothing may crash, hang, leak or contradict itself.
 *
 * With libFuzzer:   clang -fsanitize=fuzzer,address,undefined -DWITH_LIBFUZZER ... fuzz_scenario.c libawsdiag.a ...
 * Without, as a program of the tests:
 *
 *     fuzz_scenario FILE...                      each file as it is
 *     fuzz_scenario --mutate N FILE...           then N mutations of the files, always the same ones
 *     fuzz_scenario --print I FILE...            the I-th mutation on standard output, to look at what failed
 *     fuzz_scenario --from I ...                 begin with mutation I, saying the number of each before it is run
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "awsdiag/awsdiag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SECONDS_A_RUN = 30 };

static void must(int holds, const char *what) {
    if (holds)
        return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

static void no_memory(size_t wanted) {
    fprintf(stderr, "fuzz: %zu bytes more are wanted, which is beyond the limit\n", wanted);
    abort();
}

/* Formats that are made of other limits than the picture's: a PNG of a huge page is refused, which is right. */
static void draw(struct awsdiag *diagram, const char *format, const char *lang, const char *theme) {
    struct awsdiag_drawing drawing = {
        .format = format, .lang = lang, .theme = theme, .scale = 0.2, .no_icons = strcmp(lang, "ja") == 0};
    const void *bytes;
    size_t size;
    enum awsdiag_status status = awsdiag_draw(diagram, &drawing, &bytes, &size);
    must((status == AWSDIAG_OK) == (bytes != NULL), "a drawing that did not fail has bytes, and one that did has none");
    must(!bytes || size > 0, "a drawing is empty");
}

static void draw_all(struct awsdiag *diagram) {
    static const char *const langs[] = {"en", "ja"}, *const drawn[] = {"light", "auto"};
    struct awsdiag_format format;
    for (size_t i = 0; awsdiag_format(i, &format) && awsdiag_status(diagram) == AWSDIAG_OK; i++)
        draw(diagram, format.name, langs[i % 2], drawn[i / 2 % 2]);
}

static void tell(struct awsdiag *diagram) {
    for (int form = AWSDIAG_REPORT_TEXT; form <= AWSDIAG_REPORT_GITHUB; form++) {
        const char *text = awsdiag_report(diagram, (enum awsdiag_report)form);
        must(awsdiag_status(diagram) == AWSDIAG_OK || *text, "something is wrong, and nothing is said");
    }
    must((awsdiag_status(diagram) == AWSDIAG_OK) == (awsdiag_errors(diagram) == 0), "errors and status disagree");
    must(awsdiag_status(diagram) != AWSDIAG_INTERNAL, "a fault of awsdiag's own");
    must(awsdiag_status(diagram) != AWSDIAG_USAGE, "the input is called a wrong usage");
}

static void run(const uint8_t *data, size_t size, const struct awsdiag_input *input) {
    static const char *const stages[] = {"tree", "model", "notes", "graph", "layout", "scene"};
    struct awsdiag *diagram = awsdiag_open_memory("fuzz.yaml", data, size, input);
    const char *text;
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        awsdiag_dump(diagram, stages[i], NULL, &text);
    awsdiag_quality(diagram, 0, &text);
    awsdiag_quality(diagram, 1, &text);
    draw_all(diagram);
    tell(diagram);
    awsdiag_close(diagram);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct awsdiag_input input = {.max_bytes = 1 << 16,
                                  .max_nodes = 80,
                                  .max_edges = 160,
                                  .max_seconds = 5,
                                  .max_memory = (size_t)256 << 20,
                                  .check = size % 2 == 0};
    awsdiag_on_no_memory(no_memory);
    alarm(SECONDS_A_RUN);
    run(data, size, &input);
    if (size % 8 == 0) { /* the plain placement alone: the engine is given no time */
        input.max_seconds = 1e-9;
        run(data, size, &input);
    }
    alarm(0);
    return 0;
}

#ifndef WITH_LIBFUZZER

struct bytes {
    char *at;
    size_t n;
};

static uint32_t next_random(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static size_t below(uint32_t *state, size_t n) { return n ? next_random(state) % n : 0; }

static void put(struct bytes *to, size_t at, size_t cut, const char *in, size_t n) {
    char *whole = malloc(to->n - cut + n + 1);
    must(whole != NULL, "no memory");
    memcpy(whole, to->at, at);
    memcpy(whole + at, in, n);
    memcpy(whole + at + n, to->at + at + cut, to->n - at - cut);
    free(to->at);
    to->n += n - cut;
    to->at = whole;
}

/* The line that `at` is in, with its end. */
static struct bytes line_at(const struct bytes *text, size_t at) {
    size_t start = at, end = at;
    while (start > 0 && text->at[start - 1] != '\n')
        start--;
    while (end < text->n && text->at[end] != '\n')
        end++;
    return (struct bytes){text->at + start, end + (end < text->n) - start};
}

static const char *const words[] = {"nodes:",
                                    "edges:",
                                    "use:",
                                    "with:",
                                    "extends:",
                                    "notes:",
                                    "steps:",
                                    "type: ",
                                    "{",
                                    "}",
                                    "[",
                                    "]",
                                    "*a",
                                    "&a ",
                                    "<<: ",
                                    "- ",
                                    "->",
                                    "<->",
                                    "--",
                                    " <- ",
                                    ":",
                                    ",",
                                    "\"",
                                    "'",
                                    "|\n",
                                    ">\n",
                                    "#",
                                    "\t",
                                    "\r\n",
                                    "\n\n",
                                    "---\n",
                                    "...\n",
                                    "%YAML",
                                    "!!str ",
                                    "? ",
                                    "$(a)",
                                    "$$",
                                    "self",
                                    "vpc",
                                    "group",
                                    "ec2",
                                    "0",
                                    "-1",
                                    "4294967296",
                                    "10.0.0.0/8",
                                    "::/0",
                                    "1e999",
                                    "99999999999999",
                                    "label: ",
                                    "en: ",
                                    "ja: ",
                                    "style: ",
                                    "link: javascript:x",
                                    "step: 1",
                                    "side: {from: left}",
                                    "same-rank: [[a, b]]",
                                    "rank: false",
                                    "direction: up",
                                    "\xe6\x9d\xb1\xe4\xba\xac",
                                    "\xef\xbb\xbf",
                                    "\xe2\x80\xae",
                                    "\xc3\x28",
                                    "\xf0\x9f\x98\x80",
                                    "\xe3\x81\x8b\xe3\x82\x99",
                                    "\x7f",
                                    "\\u0000",
                                    "kind: blocked",
                                    "emphasis: strong",
                                    "asn: 65000",
                                    "cidr: 10.0.0.0/16",
                                    "implied: true",
                                    "theme: dark",
                                    "lang: ja",
                                    "page: free",
                                    "accept: {}",
                                    "own: []",
                                    "rules: {}",
                                    "types: {}",
                                    "violated-when: {}",
                                    "violet",
                                    "e1",
                                    "a.b.c"};

/* One to four small changes of one of the seeds. */
static struct bytes mutate(const struct bytes *seeds, size_t seed_count, uint32_t number) {
    uint32_t state = number * 2654435761u + 12345;
    for (int i = 0; i < 4; i++)
        next_random(&state);
    struct bytes text = {malloc(1), 0};
    const struct bytes *seed = &seeds[below(&state, seed_count)];
    put(&text, 0, 0, seed->at, seed->n);
    for (size_t changes = 1 + below(&state, 4); changes > 0; changes--) {
        size_t at = below(&state, text.n + 1), most = text.n - at, n = below(&state, most < 12 ? most + 1 : 12);
        const char *word = words[below(&state, sizeof words / sizeof *words)];
        const struct bytes *other = &seeds[below(&state, seed_count)];
        struct bytes line = line_at(other, below(&state, other->n + 1)), own = line_at(&text, at);
        char *copy = malloc(own.n + 1);
        must(copy != NULL, "no memory");
        memcpy(copy, own.at, own.n);
        size_t start = (size_t)(own.at - text.at);
        switch (below(&state, 8)) {
        case 0: put(&text, at, n, "", 0); break;
        case 1: put(&text, at, 0, word, strlen(word)); break;
        case 2: put(&text, at, n, word, strlen(word)); break;
        case 3: put(&text, start, own.n, "", 0); break;
        case 4: put(&text, start, 0, copy, own.n); break;
        case 5: put(&text, start, 0, line.at, line.n); break;
        case 6: put(&text, start, 0, "        ", below(&state, 9)); break;
        default:
            if (at < text.n)
                text.at[at] = (char)(text.at[at] ^ (1 << below(&state, 8)));
        }
        free(copy);
    }
    return text;
}

static struct bytes read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    struct bytes bytes = {malloc(1 << 20), 0};
    must(file && bytes.at, path);
    bytes.n = fread(bytes.at, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

int main(int argc, char **argv) {
    uint32_t mutations = 0, from = 0;
    const char *print = NULL, *loud = NULL;
    int i = 1;
    for (; i + 1 < argc && strncmp(argv[i], "--", 2) == 0; i += 2) {
        if (strcmp(argv[i], "--mutate") == 0)
            mutations = (uint32_t)strtoul(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--print") == 0)
            print = argv[i + 1];
        else if (strcmp(argv[i], "--from") == 0)
            loud = argv[i + 1];
        else
            must(0, "unknown option");
    }
    size_t n = (size_t)(argc - i);
    struct bytes *seeds = malloc((n + 1) * sizeof *seeds);
    must(n > 0 && seeds, "no seeds");
    for (size_t k = 0; k < n; k++)
        seeds[k] = read_file(argv[i + (int)k]);
    if (print) {
        struct bytes text = mutate(seeds, n, (uint32_t)strtoul(print, NULL, 10));
        fwrite(text.at, 1, text.n, stdout);
        return 0;
    }
    for (size_t k = 0; k < n && !loud; k++)
        LLVMFuzzerTestOneInput((const uint8_t *)seeds[k].at, seeds[k].n);
    from = loud ? (uint32_t)strtoul(loud, NULL, 10) : 0;
    for (uint32_t k = from; k < mutations; k++) {
        struct bytes text = mutate(seeds, n, k);
        if (loud)
            fprintf(stderr, "%u\n", k);
        LLVMFuzzerTestOneInput((const uint8_t *)text.at, text.n);
        free(text.at);
    }
    for (size_t k = 0; k < n; k++)
        free(seeds[k].at);
    free(seeds);
    printf("%zu files and %u mutations\n", n, mutations - from);
    return 0;
}

#endif
