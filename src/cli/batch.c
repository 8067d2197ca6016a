#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "cli/batch.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/command.h"

enum { MOST_WORKERS = 64, ENOUGH_TO_SHARE = 4, NAMED_IN_SUMMARY = 5 };

/* One input; in memory shared by all processes, written by the worker that took it until it is DONE. */
struct result {
    _Atomic int state;
    unsigned worker;
    int status;
    off_t from[2], to[2]; /* of what it said in the files of its worker: stdout, stderr */
};
enum state { WAITING, TAKEN, DONE };

struct worker {
    volatile pid_t pid; /* leader of a process group, with the layout engine in it; 0: none */
    FILE *said[2];      /* without a name, so that nothing is left behind whatever happens */
};

struct batch {
    const struct options *options;
    batch_job *job;
    size_t count;
    _Atomic size_t *next; /* shared */
    struct result *results;
    struct worker workers[MOST_WORKERS];
    size_t worker_count;
    size_t done, told; /* inputs */
    bool progress;
    int worst;
};

/* --- what is seen ------------------------------------------------------------------------------------------------------------ */

/* The cursor goes back to its beginning: what an input says is longer and covers it. */
static void show_progress(const struct batch *batch) {
    if (batch->progress)
        fprintf(stderr, "\r\033[K%zu of %zu\r", batch->done, batch->count);
}

static void hide_progress(const struct batch *batch) {
    if (batch->progress)
        fputs("\r\033[K", stderr);
}

static void summarize(const struct batch *batch) {
    size_t failed = 0, named = 0;
    for (size_t i = 0; i < batch->count; i++)
        failed += batch->results[i].status != AWSDIAG_OK;
    if (batch->count < 2 || failed == 0)
        return;
    fprintf(stderr, "awsdiag: %zu of %zu files failed:", failed, batch->count);
    for (size_t i = 0; i < batch->count && named < NAMED_IN_SUMMARY; i++)
        if (batch->results[i].status != AWSDIAG_OK)
            fprintf(stderr, "%s %s", named++ ? "," : "", batch->options->inputs[i]);
    if (failed > named)
        fprintf(stderr, " and %zu more", failed - named);
    fputc('\n', stderr);
}

static void pass_on(FILE *said, off_t at, off_t end, FILE *to) {
    char bytes[1 << 14];
    while (at < end) {
        size_t want = end - at < (off_t)sizeof bytes ? (size_t)(end - at) : sizeof bytes;
        ssize_t n = pread(fileno(said), bytes, want, at);
        if (n <= 0)
            return;
        fwrite(bytes, 1, (size_t)n, to);
        at += n;
    }
}

/* Tell of all inputs that have their turn. */
static void tell(struct batch *batch) {
    for (; batch->told < batch->count; batch->told++) {
        struct result *result = &batch->results[batch->told];
        if (atomic_load(&result->state) != DONE)
            break;
        struct worker *worker = &batch->workers[result->worker];
        if (result->from[0] < result->to[0] || result->from[1] < result->to[1])
            hide_progress(batch);
        pass_on(worker->said[0], result->from[0], result->to[0], stdout);
        if (result->from[0] < result->to[0])
            fflush(stdout);
        pass_on(worker->said[1], result->from[1], result->to[1], stderr);
        batch->worst = worse(batch->worst, result->status);
    }
    show_progress(batch);
}

/* --- one process --------------------------------------------------------------------------------------------------------------- */

/* All inputs nobody has taken yet, here. */
static void run_here(struct batch *batch) {
    show_progress(batch);
    for (size_t i; (i = atomic_fetch_add(batch->next, 1)) < batch->count; show_progress(batch)) {
        batch->results[i].status = batch->job(batch->options, batch->options->inputs[i]);
        batch->worst = worse(batch->worst, batch->results[i].status);
        batch->told = ++batch->done;
    }
    hide_progress(batch);
}

/* --- a worker ------------------------------------------------------------------------------------------------------------------- */

static off_t end_of(FILE *file) {
    off_t end = lseek(fileno(file), 0, SEEK_END);
    return end < 0 ? 0 : end;
}

static _Noreturn void work(struct batch *batch, unsigned self, int wake) {
    struct worker *worker = &batch->workers[self];
    if (dup2(fileno(worker->said[0]), STDOUT_FILENO) < 0 || dup2(fileno(worker->said[1]), STDERR_FILENO) < 0)
        _exit(AWSDIAG_INTERNAL);
    for (size_t i; (i = atomic_fetch_add(batch->next, 1)) < batch->count;) {
        struct result *result = &batch->results[i];
        result->worker = self;
        for (int k = 0; k < 2; k++)
            result->from[k] = result->to[k] = end_of(worker->said[k]);
        atomic_store(&result->state, TAKEN);
        result->status = batch->job(batch->options, batch->options->inputs[i]);
        fflush(stdout);
        fflush(stderr);
        for (int k = 0; k < 2; k++)
            result->to[k] = end_of(worker->said[k]);
        atomic_store(&result->state, DONE);
        if (write(wake, "", 1) != 1)
            break; /* nobody listens any more */
    }
    _exit(AWSDIAG_OK); /* what is buffered is the parent's */
}

/* --- the parent of the workers ------------------------------------------------------------------------------------------------------ */

static const int interruptions[] = {SIGINT, SIGTERM, SIGHUP};
enum { INTERRUPTIONS = sizeof interruptions / sizeof *interruptions };

static struct batch *volatile employer; /* whose workers end with this process */
static volatile sig_atomic_t interrupted;

/* Ends the workers, so that the end of their pipe ends the waiting for them, at whatever moment the signal comes. */
static void interrupt(int sig) {
    int before = errno;
    interrupted = sig;
    for (size_t i = 0; employer && i < employer->worker_count; i++)
        if (employer->workers[i].pid > 0)
            kill(-employer->workers[i].pid, SIGTERM);
    errno = before;
}

static sigset_t hold_interruptions(void) {
    sigset_t held, before;
    sigemptyset(&held);
    for (int i = 0; i < INTERRUPTIONS; i++)
        sigaddset(&held, interruptions[i]);
    sigprocmask(SIG_BLOCK, &held, &before);
    return before;
}

static void release_interruptions(sigset_t before) { sigprocmask(SIG_SETMASK, &before, NULL); }

static void on_interruption(void (*from)(int), void (*to)(int)) {
    for (int i = 0; i < INTERRUPTIONS; i++) {
        struct sigaction action;
        if (sigaction(interruptions[i], NULL, &action) != 0 || action.sa_handler != from)
            continue; /* what is ignored stays so: nohup, jobs in the background of a script */
        action.sa_handler = to;
        action.sa_flags = 0;
        sigemptyset(&action.sa_mask);
        sigaction(interruptions[i], &action, NULL);
    }
}

/* Gives the end to listen at, or -1 when not one worker could be had. */
static int hire(struct batch *batch) {
    int ends[2], hired = 0;
    if (pipe(ends) != 0)
        return -1;
    fflush(stdout);
    sigset_t before = hold_interruptions();
    for (size_t i = 0; i < batch->worker_count && !interrupted; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            setpgid(0, 0);
            on_interruption(interrupt, SIG_DFL);
            release_interruptions(before);
            close(ends[0]);
            work(batch, (unsigned)i, ends[1]);
        }
        if (pid < 0)
            continue;
        setpgid(pid, pid); /* here too: whoever comes first */
        batch->workers[i].pid = pid;
        hired++;
    }
    release_interruptions(before);
    close(ends[1]);
    if (hired > 0)
        return ends[0];
    close(ends[0]);
    return -1;
}

/* Until the last worker has closed its end. */
static void listen_to(struct batch *batch, int wake) {
    char bytes[64];
    for (;;) {
        ssize_t n = read(wake, bytes, sizeof bytes);
        if (n == 0 || (n < 0 && errno != EINTR))
            break;
        if (n > 0 && !interrupted) {
            batch->done += (size_t)n;
            tell(batch);
        }
    }
    close(wake);
}

/* A worker died over its input: it has failed, the others are for a successor. */
static void bury(struct batch *batch, unsigned worker, int how) {
    for (size_t i = 0; i < batch->count && !interrupted; i++) {
        struct result *result = &batch->results[i];
        if (atomic_load(&result->state) != TAKEN || result->worker != worker)
            continue;
        FILE *said = batch->workers[worker].said[1];
        end_of(said);
        if (WIFSIGNALED(how))
            dprintf(fileno(said), "awsdiag: a fault of awsdiag: `%s` ended it by signal %d\n",
                    batch->options->inputs[i], WTERMSIG(how));
        result->status = WIFEXITED(how) && WEXITSTATUS(how) ? WEXITSTATUS(how) : AWSDIAG_INTERNAL;
        for (int k = 0; k < 2; k++)
            result->to[k] = end_of(batch->workers[worker].said[k]);
        atomic_store(&result->state, DONE);
        batch->done++;
    }
}

static void dismiss(struct batch *batch) {
    sigset_t before = hold_interruptions(); /* a number may be another's once it is waited for */
    for (size_t i = 0; i < batch->worker_count; i++) {
        int how = 0;
        if (batch->workers[i].pid == 0)
            continue;
        while (waitpid(batch->workers[i].pid, &how, 0) < 0 && errno == EINTR)
            ;
        batch->workers[i].pid = 0;
        bury(batch, (unsigned)i, how);
    }
    release_interruptions(before);
}

static void run_in_workers(struct batch *batch) {
    size_t taken = 0;
    employer = batch;
    on_interruption(SIG_DFL, interrupt);
    show_progress(batch);
    while ((taken = atomic_load(batch->next)) < batch->count && !interrupted) {
        int wake = hire(batch);
        if (wake >= 0) {
            listen_to(batch, wake);
            dismiss(batch);
        }
        if (!interrupted)
            tell(batch);
        if (atomic_load(batch->next) == taken && !interrupted)
            run_here(batch);
    }
    employer = NULL;
    hide_progress(batch);
    on_interruption(interrupt, SIG_DFL);
    if (interrupted)
        raise(interrupted);
}

/* --- how many -------------------------------------------------------------------------------------------------------------------- */

static int by_stem(const void *a, const void *b) {
    size_t n, m;
    const char *x = input_stem(*(const char *const *)a, &n), *y = input_stem(*(const char *const *)b, &m);
    int order = strncmp(x, y, n < m ? n : m);
    return order ? order : (n > m) - (n < m);
}

/* Two inputs that read or write the same file keep their order. */
static bool in_order(const struct options *options) {
    const char *sorted[sizeof options->inputs / sizeof *options->inputs];
    size_t n = options->input_count;
    if (options->depfile || (options->alt && strcmp(options->alt, "-") != 0))
        return true;
    memcpy(sorted, options->inputs, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_stem);
    for (size_t i = 0; i < n; i++)
        if (strcmp(sorted[i], "-") == 0 || (i > 0 && by_stem(&sorted[i - 1], &sorted[i]) == 0))
            return true;
    return false;
}

static size_t workers_for(const struct options *options) {
    size_t wanted = options->workers, most = options->input_count;
    if (wanted == 0) {
        long cores = options->input_count >= ENOUGH_TO_SHARE ? sysconf(_SC_NPROCESSORS_ONLN) : 1;
        wanted = cores > 1 ? (size_t)cores : 1;
    }
    most = most < MOST_WORKERS ? most : MOST_WORKERS;
    wanted = wanted < most ? wanted : most;
    return wanted > 1 && !in_order(options) ? wanted : 1;
}

/* Fewer workers than wanted where files are rare; one is this process itself. */
static void open_workers(struct batch *batch, size_t wanted) {
    for (size_t i = 0; i < wanted && wanted > 1; i++) {
        struct worker *worker = &batch->workers[i];
        worker->said[0] = tmpfile();
        worker->said[1] = worker->said[0] ? tmpfile() : NULL;
        if (!worker->said[1]) {
            if (worker->said[0])
                fclose(worker->said[0]);
            return;
        }
        batch->worker_count++;
    }
}

static bool progress_wanted(const struct options *options) {
    const char *terminal = getenv("TERM");
    return options->input_count > 1 && !options->quiet && isatty(STDERR_FILENO) && terminal &&
           strcmp(terminal, "dumb") != 0;
}

int batch_run(const struct options *options, batch_job *job) {
    struct batch batch = {.options = options, .job = job, .count = options->input_count};
    size_t size = sizeof *batch.next + batch.count * sizeof *batch.results;
    void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        fprintf(stderr, "awsdiag: no memory: %s\n", strerror(errno));
        return AWSDIAG_LIMIT;
    }
    batch.next = shared; /* zero, as is every state */
    batch.results = (void *)(batch.next + 1);
    batch.progress = progress_wanted(options);
    open_workers(&batch, workers_for(options));
    if (batch.worker_count > 1)
        run_in_workers(&batch);
    else
        run_here(&batch);
    summarize(&batch);
    for (size_t i = 0; i < batch.worker_count; i++)
        for (int k = 0; k < 2; k++)
            fclose(batch.workers[i].said[k]);
    munmap(shared, size);
    return batch.worst;
}
