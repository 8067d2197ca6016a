/* Where lines break, as a table for both languages, and the lines that come of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "layout/breaks.h"
#include "layout/measure.h"

enum { MOST = 256 };

/* `marked`: a text with | at places where a break is cheap and a broken bar at those where it is poor; all others tear a word. */
static void check_places(const char *marked) {
    static const char bar[] = "\xC2\xA6";
    struct break_place places[MOST];
    struct str text = STR_EMPTY, got = STR_EMPTY;
    for (const char *at = marked; *at;) {
        size_t skip = *at == '|' ? 1 : strncmp(at, bar, 2) == 0 ? 2 : 0;
        if (skip)
            at += skip;
        else
            str_putc(&text, *at++);
    }
    size_t n = breaks_find(text.at, text.n, places), from = 0;
    assert_true(n <= utf8_count(text.at, text.n) + 1);
    assert_int_equal(places[n - 1].after, text.n);
    for (size_t i = 0; i + 1 < n; i++) {
        if (places[i].cost > BREAK_POOR)
            continue;
        str_putn(&got, text.at + from, places[i].after - from);
        str_put(&got, places[i].cost <= BREAK_FAIR ? "|" : bar);
        from = places[i].after;
    }
    str_put(&got, text.at + from);
    assert_string_equal(got.at, marked);
    str_free(&text);
    str_free(&got);
}

static void test_places(void **state) {
    static const char *const cases[] = {
        "データベース|クラスター",
        "ロードバランサー",
        "（ASN）¦を|使¦う",
        "Ｓ３¦へ|（毎¦日）|送¦る",
        "大¦阪 |拠¦点",
        "トランジット|ゲートウェイ|アタッチメント",
        "Amazon |Simple |Storage |Service |(S3)",
        "Virtual |private |gateway",
        "Site-¦to-¦Site |VPN",
        "read/¦write |access",
        "10.0.0.0/16",
        "172.16.0.0 |- |172.31.255.255",
        "arn:aws:iam::012345678901:role/service-role/app",
        "ap-northeast-1a",
        "subnet-0a1b2c3d",
        "com.amazonaws.ap-northeast-1.s3",
        "https://docs.example.com/a-b/c",
        "TCP |443, |UDP |500/4500",
        "500 GB |a |day",
        "64 KiB |blocks",
        "up |to |3 AZs",
        "1.25 Gbps",
        "(optional) |settings",
        "A, |B |and |C",
        "client/¦server",
        "仮¦想|プライベート|ゲートウェイ",
        "インターネット|ゲートウェイ",
        "カスタマー|ゲートウェイ",
        "Application |Load |Balancer",
        "アプリケーション|ロードバランサー",
        "プライベート|サブネット",
        "カタログ",
        "プログラム",
        "データベース",
        "オンプレミス¦の|データ|センター",
        "東¦京|リージョン",
        "仮¦想|プライベート|ゲートウェイ¦に |VPC ¦を|アタッチ¦し¦て¦い¦な¦く¦て¦も|利¦用¦で¦き¦る。",
        "同¦じ|トンネル¦で、|ゲートウェイ¦に|アタッチ¦し¦た |VPC ¦に¦も|届¦く。",
        "「閉¦域¦網」|（Direct |Connect）",
        "カスタマー|ゲートウェイ¦ご¦と¦に、|重¦複¦し¦な¦い |BGP ¦の |AS |番¦号|（ASN）¦を|割¦り|当¦て¦る。",
        "3 拠¦点¦を|結¦ぶ",
        "1 つ¦の |VPC ¦に |200 個¦ま¦で",
        "30日¦間¦保¦存",
        "S3 |バケット",
        "EC2 |インスタンス",
        "セキュリティ・|認¦証¦系",
        "キャッシュ、ッ、ー",
        "ﾊﾞｯｸｱｯﾌﾟ |ｻｰﾊﾞｰ",
        "Ｓ３¦へ|（毎¦日）|送¦る",
        "AWS |Lambda |関¦数",
        "読¦み|取¦り→|書¦き|込¦み",
        "署¦名¦付¦き|URL¦を|発¦行",
        "A |→ |B",
        "CIDR |10.0.0.0/16 ¦の |VPC",
        "ELB/EC2",
        "Multi-¦AZ",
        "i-0abcd/eth0",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_places(cases[i]);
}

static void test_line_feeds(void **state) {
    struct break_place places[MOST];
    (void)state;
    assert_int_equal(breaks_find("a b\n\nc ", 7, places), 4);
    assert_true(places[0].before == 1 && places[0].after == 2 && !places[0].forced);
    assert_true(places[1].before == 3 && places[1].after == 4 && places[1].forced);
    assert_true(places[2].before == 4 && places[2].after == 5 && places[2].forced);
    assert_true(places[3].before == 6 && places[3].after == 7 && places[3].forced);
    assert_int_equal(breaks_find("", 0, places), 1);
}

/* --- lines -------------------------------------------------------------------------------------------------------------- */

static void check_lines(double width, unsigned lines, bool balanced, const char *text, const char *expected) {
    struct arena *arena = arena_new();
    struct fit fit = {.size = 14, .width = width, .lines = lines, .balanced = balanced};
    struct block block = measure_text(arena, text, &fit);
    struct str got = STR_EMPTY;
    for (size_t i = 0; i < block.n; i++) {
        str_put(&got, i ? "/" : "");
        str_putn(&got, block.lines[i].at, block.lines[i].n);
        assert_true(block.lines[i].width <= block.width);
    }
    assert_string_equal(got.at, expected);
    str_free(&got);
    arena_free(arena);
}

static void test_lines(void **state) {
    (void)state;
    check_lines(112, 3, true, "Amazon Simple Storage Service (S3)", "Amazon/Simple Storage/Service (S3)");
    check_lines(112, 3, true, "Virtual private gateway", "Virtual private/gateway");
    check_lines(112, 3, true, "仮想プライベートゲートウェイ", "仮想プライベート/ゲートウェイ");
    check_lines(112, 3, true, "アプリケーションロードバランサー", "アプリケーション/ロードバランサー");
    check_lines(300, 0, false, "10.0.0.0/16 と 172.16.0.0/12 と 192.168.0.0/16 の経路",
                "10.0.0.0/16 と 172.16.0.0/12 と/192.168.0.0/16 の経路");
    check_lines(60, 0, false, "10.0.0.0/16", "10.0.0.0//16"); /* wider than its line: it has to tear somewhere */
    check_lines(112, 0, false, "", "");
    check_lines(112, 0, false, "one\ntwo", "one/two");
}

static void test_too_many_lines(void **state) {
    static const char text[] =
        "A name that goes on and on and on, beyond every place that anybody would give to a name";
    struct arena *arena = arena_new();
    struct fit fit = {.size = 14, .width = 112, .lines = 3, .balanced = true};
    struct block block = measure_text(arena, text, &fit);
    (void)state;
    assert_true(block.cut);
    assert_int_equal(block.n, 3);
    const struct line *last = &block.lines[2];
    assert_memory_equal(last->at + last->n - 3, "...", 3);
    assert_true(last->at[last->n - 4] != ' ' && last->at[last->n - 4] != '.');
    for (size_t i = 0; i < block.n; i++)
        assert_true(block.lines[i].width <= fit.width + 0.5);
    block = measure_text(arena, "プライベートサブネットのデータベース",
                         &(struct fit){.size = 14, .width = 112, .lines = 1});
    assert_true(block.cut);
    assert_memory_equal(block.lines[0].at + block.lines[0].n - 3, "\xE2\x80\xA6", 3);
    arena_free(arena);
}

/* Kinsoku holds for whatever lines come out, at every width. */
static void test_kinsoku_at_all_widths(void **state) {
    static const char text[] =
        "「閉域網」（Direct Connect）では、キャッシュ・サーバーへ「直接」つなぐ。ただし、チェックは必須！";
    static const char *const never_first[] = {"」", "）", "、", "。", "・", "ー", "ッ", "ャ", "ュ", "ェ", "！"};
    static const char *const never_last[] = {"「", "（"};
    (void)state;
    for (double width = 40; width < 400; width += 7) {
        struct arena *arena = arena_new();
        struct block block = measure_text(arena, text, &(struct fit){.size = 14, .width = width});
        for (size_t i = 0; i < block.n; i++) {
            for (size_t k = 0; k < sizeof never_first / sizeof *never_first; k++)
                assert_true(i == 0 || strncmp(block.lines[i].at, never_first[k], 3) != 0);
            for (size_t k = 0; k < sizeof never_last / sizeof *never_last; k++)
                assert_true(strncmp(block.lines[i].at + block.lines[i].n - 3, never_last[k], 3) != 0);
            assert_true(block.lines[i].width <= width + 0.5 || utf8_count(block.lines[i].at, block.lines[i].n) <= 6);
        }
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_line_feeds),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_too_many_lines),
        cmocka_unit_test(test_kinsoku_at_all_widths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
