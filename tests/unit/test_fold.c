#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/fold.h"
#include "base/mem.h"

static int match(const char *word, const char *text) {
    struct arena *arena = arena_new();
    int found = fold_match(fold(arena, word), fold(arena, text));
    arena_free(arena);
    return found;
}

static void spellings_are_the_same(void **state) {
    static const char *const pairs[][2] = {
        {"NAT-Gateway", "nat gateway"},
        {"ＮＡＴ", "nat"},
        {"ロードバランサ", "ロードバランサー"},
        {"ﾛｰﾄﾞﾊﾞﾗﾝｻ", "ロードバランサー"},
        {"ばけっと", "バケット"},
        {"AWS::S3::Bucket", "aws s3 bucket"},
        {"パブリック・サブネット", "ﾊﾟﾌﾞﾘｯｸｻﾌﾞﾈｯﾄ"},
        {"ハ゜スワート゛", "パスワード"},
        {"ｳﾞｧｰﾁｬﾙ", "ヴァーチャル"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_int_equal(match(pairs[i][0], pairs[i][1]), FOLD_SAME);
        assert_int_equal(match(pairs[i][1], pairs[i][0]), FOLD_SAME);
    }
}

static void better_places_count_more(void **state) {
    (void)state;
    assert_int_equal(match("nat", "nat-gateway"), FOLD_PREFIX);
    assert_int_equal(match("gateway", "nat-gateway"), FOLD_WORD);
    assert_int_equal(match("nat", "international"), FOLD_PART);
    assert_int_equal(match("gatewya", "nat-gateway"), FOLD_NEAR + 1);
    assert_int_equal(match("ロードバランス", "ロードバランサー"), FOLD_NEAR + 1);
    assert_int_equal(match("kms", "ecs"), FOLD_NOT);
    assert_int_equal(match("-", "anything"), FOLD_NOT);
    assert_int_equal(match("nat", ""), FOLD_NOT);
}

static void distance_counts_letters(void **state) {
    struct arena *arena = arena_new();
    (void)state;
    assert_int_equal(fold_distance(fold(arena, "ばけつと"), fold(arena, "バケット"), 3), 1);
    assert_int_equal(fold_distance(fold(arena, ""), fold(arena, "abc"), 3), 3);
    assert_int_equal(fold_distance(fold(arena, "abcdef"), fold(arena, "z"), 2), 3);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_are_the_same),
        cmocka_unit_test(better_places_count_more),
        cmocka_unit_test(distance_counts_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
