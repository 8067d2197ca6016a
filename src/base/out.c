#include "base/out.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/mem.h"

static int fail_with(struct diags *diags, const char *path, int error) {
    diag_add(diags, DIAG_cannot_write, (struct mark){0}, "cannot write `%s`: %s", path, strerror(error));
    return -1;
}

/* 0, or an errno. */
static int write_all(int fd, const char *at, size_t n) {
    while (n > 0) {
        ssize_t written = write(fd, at, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written < 0 ? errno : EIO;
        at += written;
        n -= (size_t)written;
    }
    return 0;
}

static int write_directly(const char *path, const void *bytes, size_t n, struct diags *diags) {
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDOUT_FILENO : open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fail_with(diags, path, errno);
    int error = write_all(fd, bytes, n);
    if (!standard && close(fd) != 0 && !error)
        error = errno;
    return error ? fail_with(diags, standard ? "standard output" : path, error) : 0;
}

/* What a link points to is replaced, not the link. */
static char *follow(const char *path) {
    char *target = realpath(path, NULL);
    if (target)
        return target;
    size_t n = strlen(path) + 1;
    return memcpy(mem_resize(NULL, n, 1), path, n);
}

static mode_t mode_for(const char *path) {
    struct stat info;
    if (stat(path, &info) == 0)
        return info.st_mode & 07777;
    mode_t mask = umask(0); /* there is no other portable way to ask */
    umask(mask);
    return 0666 & ~mask;
}

/* A signal that ends the process comes before or after the file beside exists. Gives what was blocked before. */
static sigset_t hold_endings(void) {
    sigset_t held, before;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &held, &before);
    return before;
}

static int write_beside(const char *path, const void *bytes, size_t n, struct diags *diags) {
    char *target = follow(path);
    const char *slash = strrchr(target, '/');
    struct str beside = STR_EMPTY;
    str_putn(&beside, target, slash ? (size_t)(slash - target) + 1 : 0);
    str_put(&beside, ".awsdiag-XXXXXX"); /* short: the name of the output may be as long as names can be */
    sigset_t before = hold_endings();
    int fd = mkstemp(beside.at), error = fd < 0 ? errno : 0;
    if (fd >= 0) {
        error = write_all(fd, bytes, n);
        if (!error && fchmod(fd, mode_for(target)) != 0)
            error = errno;
        if (close(fd) != 0 && !error)
            error = errno;
        if (!error && rename(beside.at, target) != 0)
            error = errno;
        if (error)
            unlink(beside.at);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    str_free(&beside);
    free(target);
    return error ? fail_with(diags, path, error) : 0;
}

int out_save(const char *path, const void *bytes, size_t n, struct diags *diags) {
    struct stat info;
    if (strcmp(path, "-") == 0)
        return write_directly(path, bytes, n, diags);
    if (stat(path, &info) == 0) {
        if (S_ISDIR(info.st_mode))
            return fail_with(diags, path, EISDIR);
        if (!S_ISREG(info.st_mode))
            return write_directly(path, bytes, n, diags);
    }
    return write_beside(path, bytes, n, diags);
}
