/* Line breaking for labels, Japanese and English mixed.
 *
 * Japanese may break between any two characters except where kinsoku forbids it (JIS X 4051: no closing bracket, small kana, long vowel
 * mark or middle dot at the start of a line, no opening bracket at its end), but reads well only where a phrase ends: behind a particle,
 * an ending, a comma. Which hiragana is which is told from its neighbours: between two kanji a single one of the rows i and e holds a
 * verb together (受け取る). Within a run of katakana or kanji a break tears a word, except between the words that compounds of this field are made
 * of, and in the middle of kanji that come in pairs. A space beside Japanese is only set off from it and breaks no better than no space
 * would; names of several Latin words stay together in it if they can. Latin breaks at spaces; behind / and - only in words of letters, so
 * that CIDRs, ARNs, ranges and identifiers stay whole; a number keeps its unit or counter.
 */
#include "layout/breaks.h"

#include <string.h>

#include "base/str.h"

enum script { SCRIPT_LATIN, SCRIPT_KANJI, SCRIPT_HIRAGANA, SCRIPT_KATAKANA, SCRIPT_SIGN };

/* Lists are sorted. */
static bool in(const uint32_t *list, size_t n, uint32_t code) {
    size_t low = 0;
    while (low < n) {
        size_t middle = (low + n) / 2;
        if (list[middle] == code)
            return true;
        if (list[middle] < code)
            low = middle + 1;
        else
            n = middle;
    }
    return false;
}

#define IN(list, code) in((list), sizeof(list) / sizeof *(list), (code))

static bool no_start(uint32_t code) {
    static const uint32_t list[] = {
        '!',    '%',    ')',    ',',    '.',    '/',    ':',    ';',    '?',    ']',    '}',    0x2019, 0x201D,
        0x2026, 0x2030, 0x2192, 0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017,
        0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E, 0x3095, 0x3096, 0x309B,
        0x309C, 0x309D, 0x309E, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30EE,
        0x30F5, 0x30F6, 0x30FB, 0x30FC, 0x30FD, 0x30FE, 0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B,
        0xFF1F, 0xFF3D, 0xFF5D, 0xFF61, 0xFF63, 0xFF64, 0xFF65, 0xFF70, 0xFF9E, 0xFF9F};
    return IN(list, code);
}

static bool no_end(uint32_t code) {
    static const uint32_t list[] = {'#',    '$',    '(',    '[',    '{',    0x2018, 0x201C, 0x20AC, 0x3008, 0x300A,
                                    0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0xFF08, 0xFF3B, 0xFF5B, 0xFF62, 0xFFE5};
    return IN(list, code);
}

static enum script script_of(uint32_t code) {
    if ((code >= 0x3041 && code <= 0x309F))
        return SCRIPT_HIRAGANA;
    if ((code >= 0x30A0 && code <= 0x30FF) || (code >= 0xFF66 && code <= 0xFF9F))
        return SCRIPT_KATAKANA;
    if ((code >= 0x3400 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) || code == 0x3005)
        return SCRIPT_KANJI;
    if ((code >= 0xFF10 && code <= 0xFF19) || (code >= 0xFF21 && code <= 0xFF3A) || (code >= 0xFF41 && code <= 0xFF5A))
        return SCRIPT_LATIN; /* in full width */
    if ((code >= 0x3000 && code <= 0x303F) || (code >= 0xFF00 && code <= 0xFF65) || (code >= 0x2190 && code <= 0x21FF))
        return SCRIPT_SIGN;
    return SCRIPT_LATIN;
}

static bool closing_bracket(uint32_t code) {
    static const uint32_t list[] = {')', 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0xFF09, 0xFF3D, 0xFF5D};
    return IN(list, code);
}

static bool letter(uint32_t code) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0x17F);
}

static bool japanese(enum script script) { return script != SCRIPT_LATIN; }

static bool digit(uint32_t code) { return (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19); }

/* --- words ------------------------------------------------------------------------------------------------------------ */

enum { KANA = 3, MOST_KANA = 12 }; /* bytes of a katakana, half-width or not; characters of the longest word here */

/* What long katakana names are put together from, in the order of their bytes. */
/* clang-format off */
static const char compounds[][MOST_KANA * KANA + 1] = {
    "アイデンティティ", "アカウント", "アクション", "アクセス", "アクセラレーション", "アクセラレーター",
    "アグリゲーター", "アサーション", "アシスタント", "アセット", "アタッチメント", "アップロード", "アドレス",
    "アプライアンス", "アプリ", "アプリケーション", "アラーム", "アンチウイルス", "アンテナ", "アーカイブ",
    "アーキテクチャ", "イベント", "イメージ", "インスタンス", "インターネット", "インターフェイス",
    "インターフェース", "インデックス", "インフラ", "インポート", "インメモリ", "インライン", "ウィンドウ",
    "ウイルス", "ウェアハウス", "ウェブ", "エクスプローラー", "エクスポート", "エッジ", "エラー", "エンジン",
    "エンティティ", "エントリ", "エンドポイント", "エージェント", "エージェントレス", "オブジェクト", "オプション",
    "オペレーター", "オリジン", "オンプレミス", "カスタマー", "カスタム", "カタログ", "カメラ", "ガバナンス",
    "キャッシュ", "キャパシティ", "キュー", "キー", "キーペア", "クエリ", "クライアント", "クラウド", "クラスター",
    "クロス", "クロスアカウント", "クロスリージョン", "クローン", "グラフ", "グループ", "グローバル", "ゲート",
    "ゲートウェイ", "コスト", "コネクション", "コネクター", "コピー", "コミット", "コレクター", "コンシューマ",
    "コンシューマー", "コンソール", "コンテナ", "コンテンツ", "コントローラー", "コントロール", "コンバージョン",
    "コンピューティング", "コンプライアンス", "コンポーネント", "コード", "コール", "サイト", "サインイン",
    "サインオン", "サブスクリプション", "サブネット", "サポート", "サンプル", "サーバ", "サーバー", "サーバーレス",
    "サービス", "システム", "シャード", "シンク", "シングルサインオン", "シークレット", "シーケンス", "ジョブ",
    "スキーマ", "スクリプト", "スケジューラー", "スケジュール", "スケーリング", "スケール", "スタック", "ステップ",
    "ステージ", "ステータス", "ステートメント", "ストア", "ストアド", "ストリーミング", "ストリーム", "ストレージ",
    "スナップショット", "スピード", "セカンダリ", "セキュリティ", "セグメント", "セッション", "セット", "セルフ",
    "センサー", "センター", "ソフト", "ソフトウェア", "ソース", "ゾーン", "タイプ", "タグ", "タスク", "ターゲット",
    "ダウンロード", "ダッシュボード", "チェック", "チーム", "ツール", "テスト", "テンプレート", "テーブル",
    "ディスク", "ディストリビューション", "ディレクトリ", "デバイス", "デフォルト", "デプロイ", "デリバリ",
    "デリバリー", "データ", "データセット", "データベース", "トピック", "トラフィック", "トランザクション",
    "トランジット", "トリガー", "トレース", "トンネル", "トークン", "ドキュメント", "ドメイン", "ドライバー",
    "ネットワーク", "ノード", "ハブ", "ハブアンドスポーク", "ハードウェア", "バケット", "バックアップ",
    "バックエンド", "バッチ", "バッファ", "バランサー", "バージョン", "パイプライン", "パケット", "パス",
    "パスワード", "パッチ", "パフォーマンス", "パブリック", "パラメータ", "パラメーター", "パーティション",
    "パートナー", "ビジネス", "ビルダー", "ビルド", "ピア", "ピアリング", "ファイアウォール", "ファイル",
    "ファンクション", "フィルター", "フェイルオーバー", "フェデレーション", "フォルダ", "フォルダー", "フロント",
    "フロントエンド", "フロー", "フローログ", "ブラウザ", "ブラウザー", "ブランチ", "ブルーグリーン", "ブロック",
    "ブローカー", "プッシュ", "プライベート", "プライマリ", "プラグイン", "プラットフォーム", "プラン",
    "プレイスメント", "プロキシ", "プログラム", "プロジェクト", "プロセス", "プロトコル", "プロバイダー",
    "プロビジョニング", "プロファイル", "プール", "ヘッダー", "ヘルスチェック", "ヘルパー", "ベンダー",
    "ベースライン", "ページ", "ホスト", "ボリューム", "ボールト", "ポリシー", "ポータル", "ポート", "マウント",
    "マスター", "マネージド", "マネージャー", "マルチ", "マルチパート", "ミドルウェア", "メタデータ", "メッセージ",
    "メッセージング", "メトリクス", "メンテナンス", "メンバー", "メンバーシップ", "メール", "モジュール", "モデル",
    "モニタリング", "モニター", "モバイル", "ユニット", "ユーザー", "ライセンス", "ライフサイクル", "ライブラリ",
    "ランナー", "リクエスタ", "リクエスト", "リザーブド", "リスト", "リストア", "リスナー", "リソース", "リゾルバー",
    "リプラットフォーム", "リポジトリ", "リリース", "リンク", "リージョン", "リーダー", "リード", "ルーター",
    "ルーティング", "ルート", "ルートテーブル", "ルール", "レイク", "レイヤー", "レコード", "レジストリ",
    "レジリエンス", "レスポンス", "レプリカ", "レプリケーション", "レポート", "ログ", "ロケーション", "ローカル",
    "ローダー", "ローテーション", "ロードバランサー", "ロール", "ワーカー", "ワークスペース", "ワークフロー",
    "ワークロード", "ワールド",
};
/* clang-format on */

static uint32_t peek(const char *at, const char *end) { return at < end ? utf8_next(&at, end) : 0; }

static bool katakana_at(const char *at, const char *end) {
    return at < end && script_of(peek(at, end)) == SCRIPT_KATAKANA;
}

/* The first word that begins with the character at `at`. */
static size_t first_word(const char *at) {
    size_t low = 0, high = sizeof compounds / sizeof *compounds;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (memcmp(compounds[middle], at, KANA) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

enum { MOST_KATAKANA = 40 }; /* characters of a run that are looked at; a longer one is no word */

/* A run of katakana, cut into known words: for each of its characters, whether words lead from the start to it, and from it to the end.
 * `within`: a long known word reaches over it. */
struct katakana {
    const char *from, *to;
    bool reached[MOST_KATAKANA + 1], leads[MOST_KATAKANA + 1], within[MOST_KATAKANA + 1];
};

static size_t run_of_katakana(const char *at, const char *end) {
    const char *from = at;
    while (katakana_at(at, end))
        utf8_next(&at, end);
    return (size_t)(at - from);
}

static void take_word(struct katakana *run, size_t i, size_t length) {
    if (run->reached[i])
        run->reached[i + length] = true;
    if (run->leads[i + length])
        run->leads[i] = true;
    for (size_t k = 1; length > 2 && k < length; k++)
        run->within[i + k] = true;
}

/* The words that begin at character `i`. */
static void take_words(struct katakana *run, size_t i) {
    const char *at = run->from + i * KANA;
    for (size_t w = first_word(at); w < sizeof compounds / sizeof *compounds && memcmp(compounds[w], at, KANA) == 0;
         w++) {
        size_t length = strlen(compounds[w]);
        if (length <= (size_t)(run->to - at) && memcmp(at, compounds[w], length) == 0)
            take_word(run, i, length / KANA);
    }
}

static void cut_katakana(struct katakana *run, const char *at, const char *end) {
    size_t n = run_of_katakana(at, end) / KANA;
    *run = (struct katakana){.from = at, .to = at + n * KANA};
    if (n > MOST_KATAKANA)
        return;
    run->reached[0] = run->leads[n] = true;
    for (size_t i = 0; i < n; i++)
        take_words(run, i);
    for (size_t i = n; i-- > 0;) /* again, from the end, for what leads there */
        take_words(run, i);
}

/* --- costs ------------------------------------------------------------------------------------------------------------ */

/* What the walk over a text knows when it comes to a place. */
struct scan {
    const char *end;
    struct katakana katakana; /* the run around the place or before it */
    uint32_t before, last;    /* the two characters before the place; spaces left out */
    size_t kanji;             /* how many of them end at the place */
    size_t hiragana;
    bool mixed;  /* there is Japanese in the text */
    bool number; /* the Latin word before the place is a number */
    bool plain;  /* the Latin word around the place is all letters, / and - */
    bool name;   /* the Latin word before the place begins with a capital */
};

/* A word of Latin ends at a space, at a Japanese character or at the end. */
static bool plain_word(const char *at, const char *end) {
    while (at < end) {
        uint32_t code = utf8_next(&at, end);
        if (code <= ' ' || japanese(script_of(code)))
            break;
        if (!letter(code) && !strchr("/-(),&'.!?", (int)(code < 0x80 ? code : 1)))
            return false;
        if (code == '.' && at < end && *at != ' ')
            return false;
    }
    return true;
}

static int cost_of_katakana(const struct scan *scan, const char *at) {
    const struct katakana *run = &scan->katakana;
    size_t i = (size_t)(at - run->from) / KANA, n = (size_t)(run->to - run->from) / KANA;
    if (n > MOST_KATAKANA || at < run->from || at > run->to)
        return BREAK_TEAR;
    if (run->within[i])
        return BREAK_TEAR;
    if (run->reached[i] && run->leads[i])
        return i < 3 || n - i < 3 ? BREAK_POOR : BREAK_FAIR;
    return (run->reached[i] || run->leads[i]) && i > 2 && n - i > 2 ? BREAK_ODD
                                                                    : BREAK_TEAR; /* beside an unknown word */
}

/* Kanji that are put before a word, and behind one. */
static bool prefix(uint32_t code) {
    static const uint32_t list[] = {0x4E0D, 0x4E21, 0x4E3B, 0x4ED6, 0x4EEE, 0x5143, 0x5168, 0x518D, 0x5225,
                                    0x526F, 0x5404, 0x540C, 0x5F53, 0x6570, 0x65B0, 0x65E7, 0x6700, 0x672A,
                                    0x6BCE, 0x7121, 0x7B2C, 0x7D04, 0x81EA, 0x8907, 0x975E};
    return IN(list, code);
}

static bool suffix(uint32_t code) {
    static const uint32_t list[] = {0x4E0A, 0x4E0B, 0x5024, 0x5074, 0x5148, 0x5185, 0x524D, 0x5316, 0x540D, 0x578B,
                                    0x5916, 0x5B9B, 0x5BFE, 0x5F0F, 0x5F8C, 0x6570, 0x6642, 0x6A29, 0x7248, 0x7387,
                                    0x7528, 0x7684, 0x7CFB, 0x7D4C, 0x7FA4, 0x8005, 0x88FD, 0x8D8A, 0x9593};
    return IN(list, code);
}

static size_t kanji_at(const char *at, const char *end) {
    size_t n = 0;
    while (at < end && script_of(utf8_next(&at, end)) == SCRIPT_KANJI)
        n++;
    return n;
}

static bool suffix_at(const char *at, const char *end) { return kanji_at(at, end) == 1 && suffix(peek(at, end)); }

/* Words of hiragana that begin a phrase of their own. Those that may as well stand inside a word come behind a verb, の or な only. */
static bool begins_phrase(const struct scan *scan, const char *at) {
    static const char *const words[] = {"または", "および", "あるいは", "もしくは", "ならびに"};
    static const char *const nouns[] = {"こと", "もの", "とき", "ため", "ところ",
                                        "まま", "ほか", "うち", "よう", "ほう"};
    static const uint32_t endings[] = {0x3044, 0x3046, 0x304F, 0x3050, 0x3059, 0x305F,
                                       0x3064, 0x306A, 0x306E, 0x3076, 0x3080, 0x308B};
    size_t left = (size_t)(scan->end - at);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) <= left && memcmp(at, words[i], strlen(words[i])) == 0)
            return true;
    for (size_t i = 0; IN(endings, scan->last) && i < sizeof nouns / sizeof *nouns; i++)
        if (strlen(nouns[i]) <= left && memcmp(at, nouns[i], strlen(nouns[i])) == 0)
            return true;
    return false;
}

/* A single hiragana of the rows i and e between two kanji: the two verbs of a compound, unless it ends an adjective. */
static bool inside_verb(const struct scan *scan) {
    static const uint32_t rows[] = {0x3044, 0x3048, 0x304D, 0x304E, 0x3051, 0x3052, 0x3057, 0x3058, 0x305B,
                                    0x3061, 0x306D, 0x3073, 0x3079, 0x307F, 0x3081, 0x308A, 0x308C};
    static const uint32_t adjectives[] = {0x4F4E, 0x53E4, 0x591A, 0x5B89, 0x5E83, 0x5F31, 0x5F37, 0x60AA,
                                          0x65E9, 0x6D45, 0x6DF1, 0x72ED, 0x77ED, 0x826F, 0x8EFD, 0x8FD1,
                                          0x901F, 0x9045, 0x9060, 0x91CD, 0x9577, 0x9AD8};
    return scan->hiragana == 1 && script_of(scan->before) == SCRIPT_KANJI && IN(rows, scan->last) &&
           !(scan->last == 0x3044 && IN(adjectives, scan->before));
}

static int cost_behind_hiragana(const struct scan *scan, const char *at, enum script next) {
    static const uint32_t particles[] = {0x304C, 0x306B, 0x306F, 0x3082}; /* mostly; を always */
    static const uint32_t pointing[] = {0x3042, 0x3053, 0x305D, 0x3069};
    bool honorific = scan->hiragana == 1 && (scan->last == 0x304A || scan->last == 0x3054) &&
                     script_of(scan->before) != SCRIPT_KANJI && next == SCRIPT_KANJI;
    if (next == SCRIPT_HIRAGANA)
        return scan->last == 0x3092        ? BREAK_GOOD
               : begins_phrase(scan, at)   ? BREAK_ODD
               : IN(particles, scan->last) ? BREAK_POOR - 100
                                           : BREAK_POOR;
    if (honorific || (next == SCRIPT_KANJI && inside_verb(scan)))
        return BREAK_TEAR;
    if (scan->last == 0x306E && (IN(pointing, scan->before) || suffix_at(at, scan->end)))
        return BREAK_ODD; /* その中 */
    return BREAK_GOOD;    /* behind a particle or an ending: where a phrase begins */
}

static int cost_behind_kanji(const struct scan *scan, const char *at, enum script next) {
    if (next == SCRIPT_HIRAGANA)
        return begins_phrase(scan, at) ? BREAK_FAIR : BREAK_POOR;
    if (next == SCRIPT_KANJI) {
        size_t right = kanji_at(at, scan->end);
        bool pairs = scan->kanji % 2 == 0 && right > 1 && !prefix(scan->last) && !suffix(peek(at, scan->end));
        return !pairs           ? BREAK_TEAR
               : right % 2 == 0 ? BREAK_FAIR
                                : BREAK_POOR; /* of five, the third belongs to either */
    }
    bool date = next == SCRIPT_LATIN && digit(peek(at, scan->end)) && (scan->last == 0x5E74 || scan->last == 0x6708);
    return date ? BREAK_ODD : scan->kanji == 1 && prefix(scan->last) ? BREAK_POOR : BREAK_FAIR;
}

static int cost_before_japanese(const struct scan *scan, const char *at, enum script next) {
    if (next == SCRIPT_HIRAGANA)
        return begins_phrase(scan, at) ? BREAK_FAIR : BREAK_POOR;
    return next == SCRIPT_KANJI && kanji_at(at, scan->end) == 1 && suffix(peek(at, scan->end)) ? BREAK_POOR
                                                                                               : BREAK_FAIR;
}

static bool ascii_word(uint32_t code) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9');
}

static int cost_between(const struct scan *scan, const char *at, uint32_t b) {
    uint32_t a = scan->last;
    if (ascii_word(a) && ascii_word(b))
        return BREAK_DIRE; /* as most are */
    enum script sa = script_of(a), sb = script_of(b);
    if (no_start(b) || no_end(a))
        return sa == SCRIPT_LATIN && sb == SCRIPT_LATIN && b == '/' ? BREAK_DIRE : BREAK_NEVER;
    if (sa == SCRIPT_LATIN && sb == SCRIPT_LATIN)
        return (a == '/' || a == '-') && scan->plain && letter(scan->before) && letter(b) ? BREAK_ODD : BREAK_DIRE;
    if (scan->number && sa == SCRIPT_LATIN)
        return BREAK_DIRE; /* its counter */
    if (closing_bracket(a) && sb == SCRIPT_HIRAGANA)
        return BREAK_POOR; /* a particle follows */
    if (sb == SCRIPT_SIGN && sa != SCRIPT_SIGN && no_end(b))
        return BREAK_FAIR; /* what stands in brackets explains what is before them */
    if (sa == SCRIPT_SIGN || a == 0x30FB || sb == SCRIPT_SIGN)
        return BREAK_GOOD;
    if (sa == SCRIPT_KATAKANA && sb == SCRIPT_KATAKANA)
        return cost_of_katakana(scan, at);
    if (sa == SCRIPT_HIRAGANA)
        return cost_behind_hiragana(scan, at, sb);
    return sa == SCRIPT_KANJI ? cost_behind_kanji(scan, at, sb) : cost_before_japanese(scan, at, sb);
}

/* Units that stand behind a number and a space. */
static bool unit_at(const char *at, const char *end) {
    static const char *const units[] = {"B",    "KB",    "MB",  "GB",   "TB",   "PB",   "KiB",  "MiB",  "GiB", "TiB",
                                        "PiB",  "bit",   "bps", "Kbps", "Mbps", "Gbps", "Tbps", "Hz",   "MHz", "GHz",
                                        "ns",   "ms",    "s",   "min",  "h",    "d",    "px",   "IOPS", "RPS", "TPS",
                                        "vCPU", "vCPUs", "ACU", "RCU",  "WCU",  "AZ",   "AZs"};
    size_t n = 0;
    while (at + n < end && (letter((unsigned char)at[n])))
        n++;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i]) == n && memcmp(at, units[i], n) == 0)
            return true;
    return false;
}

static int cost_at_space(const struct scan *scan, const char *at, uint32_t b) {
    enum script sa = script_of(scan->last), sb = script_of(b);
    if (japanese(sa) && japanese(sb))
        return BREAK_FREE;
    if (japanese(sa) || japanese(sb)) {
        int cost = cost_between(scan, at, b);
        return cost == BREAK_NEVER ? BREAK_FAIR : cost;
    }
    if (scan->number && unit_at(at, scan->end))
        return BREAK_DIRE;
    if (scan->mixed)
        return BREAK_ODD; /* they are one word there */
    return no_start(b) || (scan->name && digit(b)) ? BREAK_FAIR : BREAK_FREE;
}

/* Take in the character at `at`. `spaced`: a space stands before it. */
static void advance(struct scan *scan, const char *at, uint32_t code, bool spaced) {
    enum script script = script_of(code);
    bool new_word = spaced || !scan->last || japanese(script_of(scan->last));
    if (script == SCRIPT_KATAKANA && (spaced || !scan->last || script_of(scan->last) != SCRIPT_KATAKANA))
        cut_katakana(&scan->katakana, at, scan->end);
    if (script == SCRIPT_LATIN) {
        scan->number = (new_word || scan->number) && (digit(code) || (!new_word && (code == '.' || code == ',')));
        if (new_word)
            scan->plain = plain_word(at, scan->end), scan->name = code >= 'A' && code <= 'Z';
    } else {
        scan->number = digit(code) && (scan->number || new_word);
    }
    scan->kanji = script == SCRIPT_KANJI ? (spaced ? 0 : scan->kanji) + 1 : 0;
    scan->hiragana = script == SCRIPT_HIRAGANA ? (spaced ? 0 : scan->hiragana) + 1 : 0;
    scan->before = spaced ? ' ' : scan->last;
    scan->last = code;
}

static bool any_japanese(const char *at, const char *end) {
    while (at < end)
        if (japanese(script_of(utf8_next(&at, end))))
            return true;
    return false;
}

static bool is_space(uint32_t code) { return code == ' ' || code == '\t' || code == 0x3000; }

size_t breaks_find(const char *text, size_t n, struct break_place *places) {
    const bool mixed = any_japanese(text, text + n);
    struct scan scan = {.end = text + n, .mixed = mixed};
    size_t word_end = 0, count = 0;
    for (const char *at = text; at < scan.end;) {
        const char *here = at;
        size_t offset = (size_t)(at - text);
        uint32_t code = utf8_next(&at, scan.end);
        bool spaced = offset > word_end;
        if (code == '\n') {
            places[count++] = (struct break_place){word_end, offset + 1, BREAK_FREE, true};
            scan = (struct scan){.end = text + n, .mixed = mixed};
            word_end = offset + 1;
            continue;
        }
        if (is_space(code))
            continue;
        int cost = !scan.last ? BREAK_NEVER
                   : spaced   ? cost_at_space(&scan, here, code)
                              : cost_between(&scan, here, code);
        if (cost < BREAK_NEVER)
            places[count++] = (struct break_place){word_end, offset, cost, false};
        advance(&scan, here, code, spaced);
        word_end = (size_t)(at - text);
    }
    places[count++] = (struct break_place){word_end, n, BREAK_FREE, true};
    return count;
}
