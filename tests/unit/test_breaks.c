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

static const char *const cases[] = {
    "データベース|クラスター",
    "ロードバランサー",
    "（ASN）¦を|使¦う",
    "Ｓ３¦へ|（毎日）|送¦る",
    "大阪 |拠点",
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
    "仮想|プライベート|ゲートウェイ",
    "インターネット|ゲートウェイ",
    "カスタマー|ゲートウェイ",
    "Application |Load |Balancer",
    "アプリケーション|ロードバランサー",
    "プライベート|サブネット",
    "カタログ",
    "プログラム",
    "データベース",
    "オンプレミス¦の|データ|センター",
    "東京|リージョン",
    "仮想|プライベート|ゲートウェイ¦に |VPC ¦を|アタッチ¦し¦て¦い¦な¦く¦て¦も|利用¦で¦き¦る。",
    "同¦じ|トンネル¦で、|ゲートウェイ¦に|アタッチ¦し¦た |VPC ¦に¦も|届¦く。",
    "「閉域網」|（Direct ¦Connect）",
    "カスタマー|ゲートウェイ¦ご¦と¦に、|重複¦し¦な¦い |BGP ¦の |AS |番号|（ASN）¦を|割¦り当¦て¦る。",
    "3 拠点¦を|結¦ぶ",
    "1 つ¦の |VPC ¦に |200 個¦ま¦で",
    "30日間|保存",
    "S3 |バケット",
    "EC2 |インスタンス",
    "セキュリティ・|認証系",
    "キャッシュ、ッ、ー",
    "ﾊﾞｯｸｱｯﾌﾟ |ｻｰﾊﾞｰ",
    "AWS ¦Lambda |関数",
    "読¦み取¦り→|書¦き込¦み",
    "署名付¦き|URL¦を|発行",
    "A |→ |B",
    "CIDR ¦10.0.0.0/16 ¦の |VPC",
    "ELB/EC2",
    "Multi-¦AZ",
    "i-0abcd/eth0",
    "インスタンス|プロファイル",
    "インスタンス|メタデータ|サービス",
    "エージェントレス|コレクター",
    "クライアント|アプリ",
    "クロスアカウント|ロール",
    "データ|ウェアハウス",
    "バックアップ|ソフト",
    "リプラットフォーム",
    "オリジン|アクセス|アイデンティティ",
    "ルート¦キー¦を|使¦う",
    "カタログ¦と|プログラム",
    "ミラーリング¦コンテンツ",
    "ヌルヌルモード",
    "クラスター|プレイスメント|グループ",
    "ハブアンドスポーク¦型",
    "セキュリティ|グループ",
    "URL ¦を|受¦け取っ¦た|利用者",
    "API |呼¦び出¦し率¦や|エラー¦率¦の|異常¦を|検知¦で¦き¦る",
    "向¦き先¦を|書¦き換¦え¦る",
    "切¦り替¦え¦と|問¦い合¦わ¦せ",
    "高¦い|値¦と|新¦し¦い|状態",
    "近¦い|拠点¦を|取¦り出¦し役¦に",
    "コンソール|ま¦た¦は |API",
    "拒否¦し¦た¦い¦と¦き¦は、",
    "使¦う¦こ¦と¦が¦で¦き¦る",
    "あ¦ら¦た¦め¦て|示¦す",
    "そ¦の¦ま¦ま¦に¦す¦る",
    "そ¦れ¦を|渡¦す",
    "新規¦の¦お|客様、|ご利用¦の|際",
    "現在¦の|名称¦は |AWS ¦Transform ¦MGN",
    "各 ¦VPC ¦の|全¦パーティション",
    "バケット¦側¦の|用語",
    "バックアップ¦用|バケット",
    "S3 ¦系|ストレージ¦クラス",
    "クロスアカウント¦と|所有者側",
    "2024 年 ¦5 月 ¦26 日¦に|サービス¦を|終了",
    "新規|受付|終了",
    "一時|認証|情報",
    "利用者¦の|名古¦屋拠点",
    "Route |53 |private |hosted |zone",
    "Amazon |Linux |2 |and |Route |53",
    "Systems ¦Manager ¦の |Parameter ¦Store",
    "TCP |リスナー|（CLB、|NLB）¦の|機能",
    "そ¦の¦中¦の|レイヤー",
};

static void test_places(void **state) {
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

static void check_fit(const struct fit *wanted, const char *text, const char *expected) {
    struct arena *arena = arena_new();
    struct fit fit = *wanted;
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

static void check_lines(double width, unsigned lines, bool balanced, const char *text, const char *expected) {
    check_fit(&(struct fit){.size = 14, .width = width, .lines = lines, .balanced = balanced}, text, expected);
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

/* Names of nodes may be a little wider rather than tear a word, and are no wider than that needs. */
static void test_names(void **state) {
    static const struct {
        const char *text, *expected;
    } names[] = {
        {"リプラットフォーム", "リプラットフォーム"},
        {"ディストリビューション", "ディストリビューション"},
        {"配信用ディストリビューション", "配信用/ディストリビューション"},
        {"データウェアハウス", "データ/ウェアハウス"},
        {"インスタンスプロファイル", "インスタンス/プロファイル"},
        {"URL を受け取った利用者", "URL を/受け取った利用者"},
        {"バックアップ用バケット", "バックアップ用/バケット"},
        {"Web ID プロバイダー", "Web ID/プロバイダー"},
        {"AWS-RunPatchBaseline", "AWS-/RunPatchBaseline"},
        {"プライベート名", "プライベート名"},
        {"AssumeRoleWithSAML", "AssumeRoleWithSAML"},
        {"コンソールまたは API", "コンソール/または API"},
        {"セキュリティグループとネットワーク ACL", "セキュリティ/グループと/ネットワーク ACL"},
        {"東京拠点の営業サーバー", "東京拠点の/営業サーバー"},
        {"Route 53 private hosted zone", "Route 53 private/hosted zone"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        check_fit(&(struct fit){.size = 14, .width = 112, .most = 156, .lines = 4, .balanced = true}, names[i].text,
                  names[i].expected);
}

/* A label that is to be narrow is no narrower than its words and phrases. */
static void test_narrow(void **state) {
    (void)state;
    check_fit(&(struct fit){.size = 12, .width = 60, .most = 160, .lines = 5, .balanced = true}, "プライベート名",
              "プライベート名");
    check_fit(&(struct fit){.size = 12, .width = 40, .most = 160, .lines = 5, .balanced = true}, "繰り返しの参照",
              "繰り返しの/参照");
    check_fit(&(struct fit){.size = 12, .width = 40, .most = 160, .lines = 5, .balanced = true}, "Repeated reads",
              "Repeated/reads");
}

/* At no width does a line begin within one of these, before a particle or with the rest of a verb, as long as each of them fits. */
static void test_words_stay_whole(void **state) {
    static const char text[] = "セキュリティグループは、サーバーレスのワークロードを 10.0.0.0/16 の内側で受け取り、"
                               "Systems Manager の Parameter Store から 2024 年 5 月 26 日に切り替える。";
    static const char *const whole[] = {
        "セキュリティ", "グループは、", "サーバーレスの", "ワークロードを", "10.0.0.0/16 の", "内側で", "受け取り、",
        "Systems",      "Manager の",   "Parameter",      "Store から",     "2024 年",        "日に",   "切り替える。"};
    (void)state;
    for (double width = 112; width < 600; width += 5) {
        struct arena *arena = arena_new();
        struct block block = measure_text(arena, text, &(struct fit){.size = 14, .width = width});
        for (size_t i = 1; i < block.n; i++)
            for (size_t k = 0; k < sizeof whole / sizeof *whole; k++) {
                const char *at = strstr(text, whole[k]);
                assert_true(block.lines[i].at <= at || block.lines[i].at >= at + strlen(whole[k]));
            }
        arena_free(arena);
    }
}

/* A text that has to do with few lines is not cut because breaks between words would make more of them. */
static void test_few_lines(void **state) {
    (void)state;
    check_fit(&(struct fit){.size = 14, .width = 84, .lines = 2}, "この図ではできない", "この図では/できない");
    check_fit(&(struct fit){.size = 14, .width = 84, .lines = 0}, "仮想化の設定をする", "仮想化の/設定をする");
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
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_words_stay_whole),
        cmocka_unit_test(test_few_lines),
        cmocka_unit_test(test_too_many_lines),
        cmocka_unit_test(test_kinsoku_at_all_widths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
