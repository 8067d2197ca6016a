/* Memory: one arena per document, growing arrays in it, and the one place that gives up.
 *
 * Nothing taken from an arena is freed by itself; arena_free frees all of it. No function here returns NULL:
 * when memory (or the arena's limit) is gone, mem_fail is called and does not return.
 */
#ifndef AWSDIAG_BASE_MEM_H
#define AWSDIAG_BASE_MEM_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* accepts NULL */

/* Bytes the arena may take in all; 0, the default, is no limit. */
void arena_limit(struct arena *arena, size_t bytes);

/* An empty arena for one piece of work, within what the limit of `arena` leaves; given back with arena_scratch_end, and freed with `arena`
 * at the latest. What it took is kept for the next one, so that work done often does not ask the system for memory each time. */
struct arena *arena_scratch(struct arena *arena);
void arena_scratch_end(struct arena *scratch);

/* Zeroed memory, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);

/* Zeroed memory for `n` things of `size` bytes; the product is checked. */
void *arena_array(struct arena *arena, size_t n, size_t size);

/* A copy of `n` bytes with a NUL behind it. */
char *arena_copy(struct arena *arena, const char *at, size_t n);

/* printf into the arena. Only %s %c %d %u %zu and their widths: floating point depends on the locale (see str_number). */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Growing array in an arena: ARRAY(struct point) points = {0}; *array_push(arena, &points) = p; */
#define ARRAY(T)                                                                                                       \
    struct {                                                                                                           \
        T *at;                                                                                                         \
        size_t n, cap;                                                                                                 \
    }
#define array_push(arena, a)                                                                                           \
    ((a)->at = arena_push((arena), (a)->at, &(a)->cap, (a)->n, sizeof *(a)->at), &(a)->at[(a)->n++])

/* Room for `room` things in all, taken at once by whom knows about how many there will be; what stays empty is not touched. */
#define array_reserve(arena, a, room) ((a)->at = arena_reserve((arena), (a)->at, &(a)->cap, (room), sizeof *(a)->at))

/* What the macros call: the array `at`, moved if need be, with its thing `n` zeroed; or with room that holds nothing yet. */
void *arena_push(struct arena *arena, void *at, size_t *cap, size_t n, size_t size);
void *arena_reserve(struct arena *arena, void *at, size_t *cap, size_t room, size_t size);

/* The array `at` with room for `n` things at least, moved if need be; new room is zeroed. */
void *arena_grow(struct arena *arena, void *at, size_t *cap, size_t n, size_t size);

/* realloc(at, n * size) that checks the product and never returns NULL; n 0 is taken as 1. The caller frees with free(). */
void *mem_resize(void *at, size_t n, size_t size);

/* Called when memory is gone; `wanted` is the size asked for. The default prints a line and ends the process with 4.
 * A hook must not return. */
void mem_on_failure(void (*hook)(size_t wanted));
_Noreturn void mem_fail(size_t wanted);

#endif
