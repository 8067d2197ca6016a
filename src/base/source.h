/* Input files as they were read, and marks that point into them. */
#ifndef AWSDIAG_BASE_SOURCE_H
#define AWSDIAG_BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diags;

/* One file. Borrowed by marks, alive as long as its set. */
struct source {
    const char *name;  /* as the user wrote it; "<stdin>" for standard input */
    const char *bytes; /* NUL behind the last; a BOM is already cut off */
    size_t size;
    size_t *lines; /* offset of the first byte of every line */
    size_t line_count;
    uint32_t *characters; /* how many begin before byte 0, 1024, 2048 ...: lines may be as long as the file */
    unsigned number;      /* in order of reading, from 0 */
    bool builtin;         /* part of the program, not a file of the user's */
};

/* A half-open range of bytes of one source. `source` NULL: no place is known.
 * `via`: where the part was used that this text comes from, or NULL. */
struct mark {
    const struct source *source;
    size_t start, end;
    const struct mark *via;
};

struct position {
    unsigned line, column; /* both from 1; columns count code points */
};

/* All files one document has read, in order: the dependencies of its picture. */
struct sources {
    struct arena *arena;
    struct source **at;
    size_t n, cap;
    size_t limit; /* bytes a file may have; 0 is no limit */
};

/* Read a file ("-" is standard input), or take bytes from memory (copied). Both check the byte gate: size, UTF-8 without NUL,
 * control characters, bidirectional overrides or UTF-16; what is wrong goes to `diags` and NULL comes back. `via` as in mark. */
struct source *source_open(struct sources *set, const char *path, const struct mark *asked, struct diags *diags);
struct source *source_memory(struct sources *set, const char *name, const char *bytes, size_t size,
                             struct diags *diags);

struct position source_position(const struct source *source, size_t offset);
const char *source_line(const struct source *source, unsigned line, size_t *n); /* without its end */

/* `name` beside the file `beside`: "a/b.yaml", "c.yaml" gives "a/c.yaml". In the arena. */
const char *source_beside(struct arena *arena, const char *beside, const char *name);

/* Paths of the YAML files of DIRECTORY/PART, in `arena`, sorted, since a folder has no order of its own; 0 when it is not there. */
size_t source_list(struct arena *arena, const char *directory, const char *part, const char ***out);

#endif
