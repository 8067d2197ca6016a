/* Parent and child talk over one pipe, one way. The child says 'B' and a number before each call of the engine (so that the parent
 * knows on which group it died), 'G' and a graph's text when graphs are wanted, and 'R' with the finished places of one
 * candidate. Anything else, an early end or silence until the deadline is a failure.
 */
#include "layout/place.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "layout/graph.h"
#include "layout/graphviz.h"

enum { MOST_CHILDREN = 4 };

/* AddressSanitizer maps terabytes it never touches; gcc and clang tell of it in different ways. */
#if defined __SANITIZE_ADDRESS__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

extern char **environ;

/* Calls of the engine that killed an earlier child; they go to the plain engine. */
struct skips {
    unsigned at[MOST_CHILDREN];
    size_t n;
    bool all;
};

struct child {
    int pipe;
    GVC_t *context;
    unsigned calls;
    const struct skips *skips;
    bool graphs;
};

static void send_bytes(struct child *child, const void *bytes, size_t n) {
    const char *at = bytes;
    while (n > 0) {
        ssize_t written = write(child->pipe, at, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            _exit(2);
        at += written;
        n -= (size_t)written;
    }
}

static void send_message(struct child *child, char kind, const void *bytes, size_t n) {
    send_bytes(child, &kind, 1);
    send_bytes(child, &n, sizeof n);
    send_bytes(child, bytes, n);
}

static int silent(char *message) {
    (void)message;
    return 0;
}

static bool open_context(struct child *child) {
    if (child->context)
        return true;
    if (!graphviz_load())
        return false;
    agseterrf(silent);
    child->context = gvContextPlugins(graphviz.plugins, 0);
    return child->context != NULL;
}

static bool read_point(void *node, double *x, double *y) {
    const char *at = agget(node, (char *)(size_t) "pos");
    if (!at || !*at)
        return false;
    char *end;
    *x = strtod(at, &end);
    if (*end != ',')
        return false;
    *y = strtod(end + 1, &end);
    return isfinite(*x) && isfinite(*y);
}

static int run_dot(struct child *child, Agraph_t *graph, const struct ranking *ranking) {
    if (gvLayout(child->context, graph, "dot") != 0)
        return -1;
    attach_attrs(graph);
    size_t found = 0;
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
        size_t i = graph_number(node);
        double x, y;
        if (i >= ranking->n || !read_point(node, &x, &y))
            return -1;
        ranking->u[i] = -y * 1.0; /* dot's y grows upwards */
        ranking->v[i] = x;
        found++;
    }
    gvFreeLayout(child->context, graph);
    return found == ranking->n ? 0 : -1;
}

static bool skipped(const struct child *child, unsigned call) {
    for (size_t i = 0; i < child->skips->n; i++)
        if (child->skips->at[i] == call)
            return true;
    return child->skips->all;
}

static int rank_dot(void *self, const struct ranking *ranking, struct arena *arena) {
    struct child *child = self;
    unsigned call = child->calls++;
    if (skipped(child, call))
        return -1;
    send_message(child, 'B', &call, sizeof call);
    if (!open_context(child))
        return -1;
    Agraph_t *graph = graph_build(ranking, 18, 36, arena);
    if (!graph)
        return -1;
    if (child->graphs) {
        struct str text = STR_EMPTY;
        graph_print(graph, &text);
        send_message(child, 'G', text.at, text.n);
        str_free(&text);
    }
    int result = run_dot(child, graph, ranking);
    graph_close(graph);
    return result;
}

static void limit(int what, rlim_t most) {
    struct rlimit now;
    if (getrlimit(what, &now) != 0)
        return;
    if (now.rlim_max == RLIM_INFINITY || now.rlim_max > most)
        now.rlim_max = most;
    now.rlim_cur = now.rlim_max;
    setrlimit(what, &now);
}

/* The hook and the exit of the parent are not for its child. */
static void give_up(size_t wanted) {
    (void)wanted;
    _exit(2);
}

static void confine(const struct place_limits *limits) {
    mem_on_failure(give_up);
    static char *nothing[] = {NULL};
    environ = nothing;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0)
        for (int fd = 0; fd < 3; fd++)
            dup2(null, fd);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, (rlim_t)ceil(limits->seconds) + 1);
#if !SANITIZED
    limit(RLIMIT_AS, (rlim_t)limits->memory + ((rlim_t)256 << 20)); /* mapped libraries and font count here */
#endif
    for (int sig = 1; sig < 32; sig++)
        if (sig != SIGKILL && sig != SIGSTOP)
            signal(sig, SIG_DFL); /* handlers are the parent's */
}

struct job {
    const struct model *model;
    const struct metrics *metrics;
    const struct sizes *sizes;
    const struct place_limits *limits;
    const struct group_options *options;
    size_t n;
    struct placed **out;
    struct str *graphs;
    struct arena *arena;
};

static _Noreturn void run_child(const struct job *job, int pipe, const struct skips *skips) {
    confine(job->limits);
    struct child child = {.pipe = pipe, .skips = skips, .graphs = job->graphs != NULL};
    struct engine engine = {rank_dot, &child, job->graphs != NULL};
    struct arena *arena = arena_new();
    size_t nodes = job->model->node_count;
    struct placed *placed = arena_array(arena, nodes, sizeof *placed);
    for (size_t i = 0; i < job->n; i++) {
        char whole =
            (char)group_place(job->model, job->metrics, job->sizes, &engine, &job->options[i], arena, placed).whole;
        send_message(&child, 'W', &whole, 1);
        send_message(&child, 'R', placed, nodes * sizeof *placed);
    }
    _exit(0); /* libgvc leaks by design; nothing of this process is worth tidying */
}

/* --- parent ------------------------------------------------------------------------------------------------------- */

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

enum answer { ANSWER_WHOLE, ANSWER_PARTLY, ANSWER_DIED, ANSWER_LATE };

static bool receive(int pipe, void *bytes, size_t n, double deadline, bool *late) {
    char *at = bytes;
    while (n > 0) {
        double left = deadline - now();
        struct pollfd poller = {pipe, POLLIN, 0};
        int ready = left > 0 ? poll(&poller, 1, (int)(left * 1000) + 1) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0) {
            *late = true;
            return false;
        }
        ssize_t got = read(pipe, at, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        n -= (size_t)got;
    }
    return true;
}

static bool sound(const struct placed *placed, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const struct rect *box = &placed[i].box;
        if (!isfinite(box->x) || !isfinite(box->y) || !isfinite(box->w) || !isfinite(box->h) || box->w < 0 ||
            box->h < 0)
            return false;
    }
    return true;
}

static enum answer listen_to(const struct job *job, int pipe, double deadline, unsigned *call) {
    size_t results = 0, nodes = job->model->node_count;
    bool late = false, whole = true;
    while (results < job->n) {
        char kind, flag;
        size_t n;
        if (!receive(pipe, &kind, 1, deadline, &late) || !receive(pipe, &n, sizeof n, deadline, &late))
            break;
        bool fine = false;
        if (kind == 'B' && n == sizeof *call) {
            fine = receive(pipe, call, n, deadline, &late);
        } else if (kind == 'W' && n == 1) {
            fine = receive(pipe, &flag, 1, deadline, &late);
            whole = whole && fine && flag;
        } else if (kind == 'G' && job->graphs && n < ((size_t)1 << 28)) {
            char *text = arena_alloc(job->arena, n + 1);
            fine = receive(pipe, text, n, deadline, &late);
            if (fine)
                str_putn(job->graphs, text, n);
        } else if (kind == 'R' && n == nodes * sizeof **job->out) {
            fine = receive(pipe, job->out[results], n, deadline, &late) && sound(job->out[results], nodes);
            results += fine;
        }
        if (!fine)
            break;
    }
    if (results == job->n)
        return whole ? ANSWER_WHOLE : ANSWER_PARTLY;
    return late ? ANSWER_LATE : ANSWER_DIED;
}

static enum answer try_child(const struct job *job, const struct skips *skips, double deadline, unsigned *call) {
    int ends[2];
    if (pipe(ends) != 0)
        return ANSWER_DIED;
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        run_child(job, ends[1], skips);
    }
    close(ends[1]);
    enum answer answer = pid < 0 ? ANSWER_DIED : listen_to(job, ends[0], deadline, call);
    close(ends[0]);
    if (pid > 0) {
        if (answer == ANSWER_LATE || answer == ANSWER_DIED)
            kill(pid, SIGKILL);
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    return answer;
}

/* Gives the crossings that remain. */
static size_t place_plainly(const struct job *job) {
    size_t crossings = 0;
    for (size_t i = 0; i < job->n; i++)
        crossings += group_place(job->model, job->metrics, job->sizes, &engine_plain, &job->options[i], job->arena,
                                 job->out[i])
                         .crossings;
    return crossings;
}

/* Children until one answers; each death teaches which call of the engine to skip. */
static enum answer ask_dot(const struct job *job) {
    struct skips skips = {.n = 0};
    double deadline = now() + job->limits->seconds;
    enum answer answer = ANSWER_DIED;
    for (int i = 0; i < MOST_CHILDREN && answer == ANSWER_DIED; i++) {
        unsigned call = 0;
        if (job->graphs)
            str_clear(job->graphs);
        answer = try_child(job, &skips, deadline, &call);
        skips.at[skips.n++] = call;
    }
    return answer == ANSWER_WHOLE && skips.n > 1 ? ANSWER_PARTLY : answer;
}

void place_run(const struct model *model, const struct metrics *metrics, const struct sizes *sizes,
               const struct place_limits *given, const struct group_options *options, size_t n, struct placed **out,
               struct str *graphs, struct arena *arena, struct diags *diags) {
    struct place_limits limits = *given;
    limits.seconds = limits.seconds > 0 ? limits.seconds : 30;
    limits.memory = limits.memory ? limits.memory : (size_t)1 << 30;
    struct job job = {model, metrics, sizes, &limits, options, n, out, graphs, arena};
    size_t crossings = place_plainly(&job);
    if (limits.plain || (crossings == 0 && !graphs))
        return; /* dot has nothing to mend */
    enum answer answer = ask_dot(&job);
    if (answer == ANSWER_PARTLY)
        diag_add(diags, DIAG_layout_fallback, model->mark,
                 "the layout engine failed on a group; a plain placement serves there");
    if (answer == ANSWER_LATE)
        diag_add(diags, DIAG_layout_time, model->mark,
                 "the layout took longer than its limit; a plain placement serves");
    if (answer == ANSWER_DIED)
        diag_add(diags, DIAG_layout_fallback, model->mark, "the layout engine failed; a plain placement serves");
    if (answer == ANSWER_LATE || answer == ANSWER_DIED)
        place_plainly(&job); /* over what a dying child may have left */
}
