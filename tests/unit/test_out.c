#include "desk.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/out.h"

/* Stands in for the system's: what happens when the last step fails. */
static int rename_error;
int rename(const char *from, const char *to) {
    if (rename_error) {
        errno = rename_error;
        return -1;
    }
    return link(from, to) == 0 || (unlink(to) == 0 && link(from, to) == 0) ? unlink(from) : -1;
}

static char folder[] = P_tmpdir "/awsdiag-out-XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? chdir(folder) : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static void save(const char *path, const char *text, int result, const char *reason) {
    struct desk desk;
    desk_open(&desk);
    assert_int_equal(out_save(path, text, strlen(text), &desk.diags), result);
    if (result) {
        assert_int_equal(desk.diags.n, 1);
        assert_int_equal(desk.diags.at[0].code, DIAG_cannot_write);
        assert_non_null(strstr(desk.diags.at[0].text, path));
        assert_non_null(strstr(desk.diags.at[0].text, reason));
    } else {
        desk_fine(&desk);
    }
    desk_close(&desk);
}

static void holds(const char *path, const char *text) {
    char bytes[100] = {0};
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(bytes, 1, sizeof bytes - 1, file), strlen(text));
    fclose(file);
    assert_string_equal(bytes, text);
}

/* Whether exactly these many names stand in the folder. */
static void names(size_t wanted) {
    size_t n = 0;
    DIR *here = opendir(".");
    while (readdir(here))
        n++;
    closedir(here);
    assert_int_equal(n, wanted + 2);
}

static void a_file_is_made_and_replaced(void **state) {
    (void)state;
    struct stat info;
    mode_t mask = umask(027);
    save("a.svg", "one", 0, "");
    umask(mask);
    assert_int_equal(stat("a.svg", &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
    chmod("a.svg", 0604);
    save("a.svg", "two", 0, "");
    holds("a.svg", "two");
    assert_int_equal(stat("a.svg", &info), 0);
    assert_int_equal(info.st_mode & 07777, 0604); /* permissions stay */
    save("a.svg", "", 0, "");
    holds("a.svg", "");
    names(1);
    unlink("a.svg");
}

static void what_a_link_points_to_is_replaced(void **state) {
    (void)state;
    struct stat info;
    save("a.svg", "one", 0, "");
    assert_int_equal(symlink("a.svg", "b.svg"), 0);
    save("b.svg", "two", 0, "");
    holds("a.svg", "two");
    assert_int_equal(lstat("b.svg", &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    names(2);
    unlink("a.svg"), unlink("b.svg");
}

static void an_earlier_file_outlives_any_failure(void **state) {
    (void)state;
    save("a.svg", "earlier", 0, "");
    rename_error = EACCES;
    save("a.svg", "later", -1, "denied");
    rename_error = 0;
    holds("a.svg", "earlier");
    names(1); /* nothing is left beside it */

    struct rlimit before, small = {4096, 4096};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    char *large = malloc(20001);
    memset(large, 'x', 20000);
    large[20000] = '\0';
    setrlimit(RLIMIT_FSIZE, &small);
    save("a.svg", large, -1, "large");
    setrlimit(RLIMIT_FSIZE, &before);
    free(large);
    holds("a.svg", "earlier");
    names(1);
    unlink("a.svg");
}

static void folders_and_missing_ones_are_no_files(void **state) {
    (void)state;
    save("nowhere/a.svg", "x", -1, "No such file");
    assert_int_equal(mkdir("folder", 0777), 0);
    save("folder", "x", -1, "directory");
    names(1);
    rmdir("folder");
}

static void names_may_be_as_long_as_the_system_allows(void **state) {
    (void)state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    save(name, "x", 0, "");
    holds(name, "x");
    names(1);
    unlink(name);
}

static void devices_are_written_directly(void **state) {
    (void)state;
    struct stat info;
    save("/dev/null", "x", 0, "");
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
    if (access("/dev/full", W_OK) == 0)
        save("/dev/full", "x", -1, "space");
    names(0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_file_is_made_and_replaced),
                                       cmocka_unit_test(what_a_link_points_to_is_replaced),
                                       cmocka_unit_test(an_earlier_file_outlives_any_failure),
                                       cmocka_unit_test(folders_and_missing_ones_are_no_files),
                                       cmocka_unit_test(names_may_be_as_long_as_the_system_allows),
                                       cmocka_unit_test(devices_are_written_directly)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
