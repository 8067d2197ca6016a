#include "base/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"
#include "base/str.h"

enum { STRETCH = 1024 };

static struct source *add_source(struct sources *set, const char *name) {
    struct source *source = arena_alloc(set->arena, sizeof *source);
    source->name = arena_copy(set->arena, name, strlen(name));
    source->number = (unsigned)set->n;
    set->at = arena_grow(set->arena, set->at, &set->cap, set->n + 1, sizeof *set->at);
    set->at[set->n++] = source;
    return source;
}

static bool begins_character(char byte) { return ((unsigned char)byte & 0xC0) != 0x80; }

static void count_characters(struct sources *set, struct source *source) {
    uint32_t count = 0;
    source->characters = arena_array(set->arena, source->size / STRETCH + 1, sizeof *source->characters);
    for (size_t i = 0; i < source->size; i++) {
        if (i % STRETCH == 0)
            source->characters[i / STRETCH] = count;
        count += begins_character(source->bytes[i]);
    }
    if (source->size % STRETCH == 0)
        source->characters[source->size / STRETCH] = count;
}

/* Characters that begin before `offset`. */
static size_t characters_before(const struct source *source, size_t offset) {
    size_t at = offset / STRETCH * STRETCH, count = source->characters[offset / STRETCH];
    for (; at < offset; at++)
        count += begins_character(source->bytes[at]);
    return count;
}

static void find_lines(struct sources *set, struct source *source) {
    size_t count = 1, at = 1;
    for (size_t i = 0; i < source->size; i++)
        count += source->bytes[i] == '\n' || (source->bytes[i] == '\r' && source->bytes[i + 1] != '\n');
    source->lines = arena_array(set->arena, count, sizeof *source->lines);
    for (size_t i = 0; i < source->size; i++)
        if (source->bytes[i] == '\n' || (source->bytes[i] == '\r' && source->bytes[i + 1] != '\n'))
            source->lines[at++] = i + 1;
    source->line_count = count;
    count_characters(set, source);
}

/* --- the byte gate ------------------------------------------------------------------------------------------------ */

static struct mark mark_at(const struct source *source, size_t offset, size_t n) {
    return (struct mark){source, offset, offset + n, NULL};
}

static bool looks_like_utf16(const char *bytes, size_t n) {
    const unsigned char *at = (const unsigned char *)bytes;
    if (n >= 2 && ((at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF)))
        return true;
    return n >= 4 && ((at[0] == 0 && at[1] && at[2] == 0 && at[3]) || (at[0] && at[1] == 0 && at[2] && at[3] == 0));
}

static bool is_bidi(uint32_t code) { return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069); }

static bool is_control(uint32_t code) {
    return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || (code >= 0x7F && code < 0xA0);
}

/* Everything wrong with the bytes, at most a few of a kind. True when nothing is. */
static bool check_bytes(const struct source *source, struct diags *diags) {
    size_t bad = 0, faults = 0;
    if (looks_like_utf16(source->bytes, source->size)) {
        diag_add(diags, DIAG_not_utf8, mark_at(source, 0, 0), "this looks like UTF-16; awsdiag reads UTF-8");
        diag_hint(diags, "save the file as UTF-8");
        return false;
    }
    if (!utf8_valid(source->bytes, source->size, &bad)) {
        diag_add(diags, DIAG_not_utf8, mark_at(source, bad, 1), "byte 0x%02X is not part of any UTF-8 character",
                 (unsigned char)source->bytes[bad]);
        diag_hint(diags, "save the file as UTF-8");
        return false;
    }
    const char *end = source->bytes + source->size;
    for (const char *at = source->bytes; at < end && faults < 5;) {
        const char *start = at;
        uint32_t code = utf8_next(&at, end);
        struct mark mark = mark_at(source, (size_t)(start - source->bytes), (size_t)(at - start));
        if (is_control(code))
            diag_add(diags, DIAG_control_character, mark, "the control character U+%04X may not stand in a scenario",
                     (unsigned)code);
        else if (is_bidi(code))
            diag_add(diags, DIAG_bidi_control, mark,
                     "the bidirectional control U+%04X can make text read other than it is", (unsigned)code);
        else
            continue;
        faults++;
    }
    return faults == 0;
}

static bool take_bytes(struct sources *set, struct source *source, const char *bytes, size_t n, struct diags *diags) {
    size_t skip = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    source->bytes = bytes + skip;
    source->size = n - skip;
    find_lines(set, source);
    return check_bytes(source, diags);
}

/* --- reading -------------------------------------------------------------------------------------------------------- */

static const char *reason(int error) {
    switch (error) {
    case ENOENT: return "there is no such file";
    case EACCES: return "permission is denied";
    case EISDIR: return "it is a directory";
    case ENOTDIR: return "a part of the path is no directory";
    default: return strerror(error);
    }
}

/* The whole of an open file; NULL with errno, or with *large set when it has more than `limit` bytes. */
static char *read_all(int fd, size_t limit, struct arena *arena, size_t *n, bool *large) {
    struct str bytes = STR_EMPTY;
    char buffer[16384];
    *large = false;
    for (;;) {
        ssize_t got = read(fd, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            int error = errno;
            str_free(&bytes);
            errno = error;
            return NULL;
        }
        if (got == 0)
            break;
        str_putn(&bytes, buffer, (size_t)got);
        if (limit && bytes.n > limit) {
            *large = true;
            str_free(&bytes);
            return NULL;
        }
    }
    char *copy = arena_copy(arena, bytes.at, bytes.n);
    *n = bytes.n;
    str_free(&bytes);
    return copy;
}

static void report(struct diags *diags, const char *path, const struct mark *asked, int error) {
    struct mark mark = asked ? *asked : (struct mark){0};
    diag_add(diags, DIAG_cannot_read, mark, "cannot read `%s`: %s", path, reason(error));
}

struct source *source_open(struct sources *set, const char *path, const struct mark *asked, struct diags *diags) {
    bool standard = strcmp(path, "-") == 0, large = false;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0) {
        report(diags, path, asked, errno);
        if (fd >= 0 && !standard)
            close(fd);
        return NULL;
    }
    size_t n = 0;
    char *bytes = NULL;
    if (S_ISDIR(info.st_mode))
        errno = EISDIR;
    else
        bytes = read_all(fd, set->limit, set->arena, &n, &large);
    int error = errno;
    if (!standard)
        close(fd);
    if (large) {
        diag_add(diags, DIAG_too_large, asked ? *asked : (struct mark){0}, "`%s` has more than %zu bytes", path,
                 set->limit);
        return NULL;
    }
    if (!bytes) {
        report(diags, path, asked, error);
        return NULL;
    }
    struct source *source = add_source(set, standard ? "<stdin>" : path);
    return take_bytes(set, source, bytes, n, diags) ? source : NULL;
}

struct source *source_memory(struct sources *set, const char *name, const char *bytes, size_t size,
                             struct diags *diags) {
    struct source *source = add_source(set, name);
    if (set->limit && size > set->limit) {
        source->bytes = "";
        diag_add(diags, DIAG_too_large, (struct mark){0}, "`%s` has more than %zu bytes", name, set->limit);
        return NULL;
    }
    return take_bytes(set, source, arena_copy(set->arena, bytes, size), size, diags) ? source : NULL;
}

/* --- places ----------------------------------------------------------------------------------------------------------- */

struct position source_position(const struct source *source, size_t offset) {
    if (!source || !source->line_count)
        return (struct position){0, 0};
    size_t lo = 0, hi = source->line_count - 1;
    while (lo < hi) {
        size_t mid = (lo + hi + 1) / 2;
        if (source->lines[mid] <= offset)
            lo = mid;
        else
            hi = mid - 1;
    }
    size_t start = source->lines[lo], end = offset < source->size ? offset : source->size;
    size_t column = end > start ? characters_before(source, end) - characters_before(source, start) : 0;
    return (struct position){(unsigned)lo + 1, (unsigned)column + 1};
}

const char *source_line(const struct source *source, unsigned line, size_t *n) {
    *n = 0;
    if (line == 0 || line > source->line_count)
        return "";
    size_t start = source->lines[line - 1], end = line < source->line_count ? source->lines[line] : source->size;
    while (end > start && (source->bytes[end - 1] == '\n' || source->bytes[end - 1] == '\r'))
        end--;
    *n = end - start;
    return source->bytes + start;
}

const char *source_beside(struct arena *arena, const char *beside, const char *name) {
    const char *slash = strrchr(beside, '/');
    if (name[0] == '/' || !slash)
        return arena_copy(arena, name, strlen(name));
    return arena_printf(arena, "%.*s%s", (int)(slash - beside + 1), beside, name);
}

/* --- folders ------------------------------------------------------------------------------------------------------------ */

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

size_t source_list(struct arena *arena, const char *directory, const char *part, const char ***out) {
    ARRAY(const char *) names = {0};
    DIR *folder = opendir(arena_printf(arena, "%s/%s", directory, part));
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        size_t n = strlen(entry->d_name);
        if (n > 5 && entry->d_name[0] != '.' && strcmp(entry->d_name + n - 5, ".yaml") == 0)
            *array_push(arena, &names) = arena_printf(arena, "%s/%s/%s", directory, part, entry->d_name);
    }
    if (folder)
        closedir(folder);
    if (names.n > 1)
        qsort(names.at, names.n, sizeof *names.at, by_name);
    *out = names.at;
    return names.n;
}
