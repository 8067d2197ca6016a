#include "base/mem.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 * 1024, ALIGN = 16 };

struct chunk {
    struct chunk *next;
    size_t used, size; /* bytes behind the header */
    bool clean;        /* what is not used yet is zero */
    _Alignas(ALIGN) unsigned char bytes[];
};

struct arena {
    struct chunk *chunk;
    size_t taken, limit;
    struct arena *owner;       /* of a scratch arena */
    struct arena *lent, *idle; /* its scratch arenas: in use, and given back; by `next` */
    struct arena *next;
};

static void (*failure_hook)(size_t wanted);

void mem_on_failure(void (*hook)(size_t wanted)) { failure_hook = hook; }

_Noreturn void mem_fail(size_t wanted) {
    if (failure_hook)
        failure_hook(wanted);
    fprintf(stderr, "awsdiag: out of memory (%zu bytes wanted)\n", wanted);
    exit(4);
}

struct arena *arena_new(void) {
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        mem_fail(sizeof *arena);
    return arena;
}

static void free_chunks(struct arena *arena) {
    for (struct chunk *chunk = arena->chunk; chunk;) {
        struct chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
    arena->chunk = NULL;
    arena->taken = 0;
}

static void free_list(struct arena *arena) {
    while (arena) {
        struct arena *next = arena->next;
        arena_free(arena);
        arena = next;
    }
}

void arena_free(struct arena *arena) {
    if (!arena)
        return;
    free_list(arena->lent);
    free_list(arena->idle);
    free_chunks(arena);
    free(arena);
}

void arena_limit(struct arena *arena, size_t bytes) { arena->limit = bytes; }

static struct chunk *new_chunk(struct arena *arena, size_t size, bool zeroed) {
    const bool large = size > CHUNK / 2;
    size_t bytes = size > CHUNK ? size : CHUNK;
    bool beyond = arena->limit && (arena->taken >= arena->limit || bytes > arena->limit - arena->taken);
    if (beyond || bytes > SIZE_MAX - sizeof(struct chunk))
        mem_fail(size);
    /* A large thing may well be a table of which little is used: the system hands out its pages as zeroes, one by one. Chunks are cleared
     * as they are used, so that the rest of them costs nothing. */
    const bool clean = large && zeroed;
    struct chunk *chunk = clean ? calloc(1, sizeof *chunk + bytes) : malloc(sizeof *chunk + bytes);
    if (!chunk)
        mem_fail(size);
    *chunk = (struct chunk){.size = bytes, .clean = clean};
    arena->taken += bytes;
    /* a large thing of its own does not push out the chunk that still has room */
    if (arena->chunk && large) {
        chunk->next = arena->chunk->next;
        arena->chunk->next = chunk;
    } else {
        chunk->next = arena->chunk;
        arena->chunk = chunk;
    }
    return chunk;
}

struct arena *arena_scratch(struct arena *arena) {
    struct arena *scratch = arena->idle ? arena->idle : arena_new();
    arena->idle = scratch->next;
    scratch->owner = arena;
    scratch->next = arena->lent;
    arena->lent = scratch;
    if (arena->limit)
        scratch->limit = arena->limit > arena->taken ? arena->limit - arena->taken : 1;
    return scratch;
}

/* One chunk that holds all that was needed is kept. */
void arena_scratch_end(struct arena *scratch) {
    struct arena *owner = scratch->owner, **link = &owner->lent;
    while (*link != scratch)
        link = &(*link)->next;
    *link = scratch->next;
    scratch->next = owner->idle;
    owner->idle = scratch;
    struct chunk *chunk = scratch->chunk;
    size_t taken = scratch->taken;
    if (chunk && chunk->next) {
        free_chunks(scratch);
        new_chunk(scratch, taken, true);
    } else if (chunk) {
        chunk->used = 0;
        chunk->clean = false;
    }
}

static void *take(struct arena *arena, size_t size, bool zeroed) {
    if (size > SIZE_MAX / 2)
        mem_fail(size);
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    struct chunk *chunk = arena->chunk;
    if (!chunk || chunk->size - chunk->used < size)
        chunk = new_chunk(arena, size, zeroed);
    void *at = chunk->bytes + chunk->used;
    chunk->used += size;
    return zeroed && !chunk->clean ? memset(at, 0, size) : at;
}

void *arena_alloc(struct arena *arena, size_t size) { return take(arena, size, true); }

static size_t product(size_t n, size_t size) {
    if (size && n > SIZE_MAX / 2 / size)
        mem_fail(SIZE_MAX);
    return n * size;
}

void *arena_array(struct arena *arena, size_t n, size_t size) { return arena_alloc(arena, product(n, size)); }

char *arena_copy(struct arena *arena, const char *at, size_t n) {
    char *copy = arena_alloc(arena, n + 1);
    if (n)
        memcpy(copy, at, n);
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        mem_fail(0);
    char *text = arena_alloc(arena, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}

static size_t larger(size_t cap, size_t n) {
    size_t more = cap > SIZE_MAX / 4 ? n : 2 * cap;
    more = more < n ? n : more;
    return more < 8 ? 8 : more;
}

void *arena_grow(struct arena *arena, void *at, size_t *cap, size_t n, size_t size) {
    if (n <= *cap)
        return at;
    size_t more = larger(*cap, n);
    void *moved = arena_array(arena, more, size);
    if (*cap)
        memcpy(moved, at, *cap * size);
    *cap = more;
    return moved;
}

void *arena_reserve(struct arena *arena, void *at, size_t *cap, size_t room, size_t size) {
    if (room <= *cap)
        return at;
    void *moved = take(arena, product(room, size), false);
    if (*cap)
        memcpy(moved, at, *cap * size);
    *cap = room;
    return moved;
}

void *arena_push(struct arena *arena, void *at, size_t *cap, size_t n, size_t size) {
    if (n == *cap)
        at = arena_reserve(arena, at, cap, larger(*cap, n + 1), size);
    memset((char *)at + n * size, 0, size);
    return at;
}

void *mem_resize(void *at, size_t n, size_t size) {
    size_t bytes = product(n ? n : 1, size);
    void *moved = realloc(at, bytes ? bytes : 1);
    if (!moved)
        mem_fail(bytes);
    return moved;
}
