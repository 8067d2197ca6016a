/* ratio RUNS A... -- B...: runs two commands in turns and prints how they compare. Turns, because a busy machine slows both alike;
 * medians, because a run that was interrupted says nothing. Standard output of both goes to /dev/null.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct sample {
    double seconds;
    long kilobytes; /* peak, of the process itself */
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static struct sample run(char **command) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    double start = now();
    pid_t pid;
    int status = 1;
    struct rusage usage = {0};
    if (posix_spawnp(&pid, command[0], &actions, NULL, command, environ) != 0 ||
        wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "ratio: `%s` failed\n", command[0]);
        exit(1);
    }
    posix_spawn_file_actions_destroy(&actions);
    return (struct sample){now() - start, usage.ru_maxrss};
}

static int by_time(const void *a, const void *b) {
    const struct sample *x = a, *y = b;
    return (x->seconds > y->seconds) - (x->seconds < y->seconds);
}

int main(int argc, char **argv) {
    int split = 2, runs = argc > 1 ? atoi(argv[1]) : 0;
    while (split < argc && strcmp(argv[split], "--") != 0)
        split++;
    if (runs < 1 || runs > 1000 || split < 3 || split + 1 >= argc) {
        fputs("ratio RUNS COMMAND... -- COMMAND...\n", stderr);
        return 2;
    }
    argv[split] = NULL;
    static struct sample a[1000], b[1000];
    run(argv + 2), run(argv + split + 1); /* both into the page cache */
    for (int i = 0; i < runs; i++) {
        a[i] = run(argv + 2);
        b[i] = run(argv + split + 1);
    }
    qsort(a, (size_t)runs, sizeof *a, by_time);
    qsort(b, (size_t)runs, sizeof *b, by_time);
    struct sample x = a[runs / 2], y = b[runs / 2];
    printf("%.2f ms %.1f MB\t%.2f ms %.1f MB\t%.2f times faster\n", 1e3 * x.seconds, (double)x.kilobytes / 1024,
           1e3 * y.seconds, (double)y.kilobytes / 1024, y.seconds / x.seconds);
    return 0;
}
