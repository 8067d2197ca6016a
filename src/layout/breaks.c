/* Line breaking for labels, Japanese and English mixed.
 *
 * Japanese breaks between any two characters except where kinsoku forbids it (JIS X 4051: no closing bracket, small kana, long vowel
 * mark or middle dot at the start of a line, no opening bracket at its end). Within a run of katakana or of kanji a break tears
 * a word, so it is dear, except before the words that compounds of this field are made of; where the script changes it is cheap, but not
 * before a particle. A space beside Japanese is only set off from it and breaks no better than no space would. Latin breaks at spaces;
 * behind / and - only in words of letters, so that CIDRs, ARNs, ranges and identifiers stay whole; a number keeps its unit or counter.
 * Everything else costs BREAK_DIRE: only a word wider than its line pays that.
 */
#include "layout/breaks.h"

#include <string.h>

#include "base/str.h"

enum script { SCRIPT_LATIN, SCRIPT_KANJI, SCRIPT_HIRAGANA, SCRIPT_KATAKANA, SCRIPT_SIGN };

static bool in(const uint32_t *list, size_t n, uint32_t code) {
    for (size_t i = 0; i < n; i++)
        if (list[i] == code)
            return true;
    return false;
}

#define IN(list, code) in((list), sizeof(list) / sizeof *(list), (code))

static bool no_start(uint32_t code) {
    static const uint32_t list[] = {
        '!',    '%',    ')',    ',',    '.',    ':',    ';',    '?',    ']',    '}',    0x2019, 0x201D, 0x2026,
        0x2030, 0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3041, 0x3043,
        0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308E, 0x3095, 0x3096, 0x309B, 0x309C, 0x309D,
        0x309E, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30EE, 0x30F5, 0x30F6,
        0x30FB, 0x30FC, 0x30FD, 0x30FE, 0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D,
        0xFF5D, 0xFF61, 0xFF63, 0xFF64, 0xFF65, 0xFF70, 0xFF9E, 0xFF9F, 0x2192, '/',
    };
    return IN(list, code);
}

static bool no_end(uint32_t code) {
    static const uint32_t list[] = {
        '(',    '[',    '{',    '$',    '#',    0x2018, 0x201C, 0x3008, 0x300A, 0x300C,
        0x300E, 0x3010, 0x3014, 0x3016, 0xFF08, 0xFF3B, 0xFF5B, 0xFF62, 0x20AC, 0xFFE5,
    };
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
    static const uint32_t list[] = {0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0xFF09, 0xFF3D, 0xFF5D, ')'};
    return IN(list, code);
}

static bool letter(uint32_t code) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0x17F);
}

static bool japanese(enum script script) { return script != SCRIPT_LATIN; }

static bool digit(uint32_t code) { return (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19); }

/* --- words ------------------------------------------------------------------------------------------------------------ */

/* What long katakana names are put together from. Each is three characters or more, as shorter ones stand inside other words. */
static const char *const compounds[] = {
    "アカウント",       "アクセス",
    "アクセラレーター", "アタッチメント",
    "アグリゲーター",   "アドレス",
    "アプリケーション", "アラーム",
    "インスタンス",     "インターネット",
    "インターフェイス", "インターフェース",
    "エージェント",     "エクスプローラー",
    "エンドポイント",   "オペレーター",
    "オンプレミス",     "カスタマー",
    "キャッシュ",       "クライアント",
    "クラウド",         "クラスター",
    "グループ",         "ゲートウェイ",
    "コネクション",     "コネクター",
    "コントローラー",   "コントロール",
    "コンテナ",         "コンソール",
    "サーバー",         "サーバーレス",
    "サービス",         "サブネット",
    "システム",         "スケーリング",
    "スケジューラー",   "ストリーム",
    "ストレージ",       "スナップショット",
    "セキュリティ",     "センター",
    "ゾーン",           "タスク",
    "ダッシュボード",   "ディストリビューション",
    "ディレクトリ",     "テーブル",
    "データ",           "データベース",
    "デバイス",         "デプロイ",
    "トピック",         "トランジット",
    "トンネル",         "ネットワーク",
    "ノード",           "バケット",
    "バックアップ",     "パイプライン",
    "パブリック",       "バランサー",
    "ピアリング",       "ファイアウォール",
    "ファイル",         "ファンクション",
    "プール",           "プライベート",
    "プロトコル",       "ポリシー",
    "ボリューム",       "マネージャー",
    "モニタリング",     "ユーザー",
    "リージョン",       "リンク",
    "リゾルバー",       "リポジトリ",
    "ルートテーブル",   "レコード",
    "レジストリ",       "レプリカ",
    "レプリケーション", "ロードバランサー",
    "ワークフロー",     "ワークロード",
};

static bool katakana_at(const char *at, const char *end) {
    return at < end && script_of(utf8_next(&at, end)) == SCRIPT_KATAKANA;
}

/* The longest of them that begins at `at`: its bytes, or 0. */
static size_t compound_at(const char *at, const char *end) {
    size_t longest = 0;
    for (size_t i = 0; i < sizeof compounds / sizeof *compounds; i++) {
        size_t n = strlen(compounds[i]);
        if (n > longest && n <= (size_t)(end - at) && memcmp(at, compounds[i], n) == 0)
            longest = n;
    }
    return longest;
}

/* From here to the end of the run of katakana there are nothing but these words. */
static bool whole_compounds(const char *at, const char *end) {
    size_t n;
    while (katakana_at(at, end) && (n = compound_at(at, end)) != 0)
        at += n;
    return !katakana_at(at, end);
}

/* One of them reaches over `at`. */
static bool inside_compound(const char *run, const char *at, const char *end) {
    while (run < at) {
        if (compound_at(run, end) > (size_t)(at - run))
            return true;
        utf8_next(&run, end);
    }
    return false;
}

/* --- costs ------------------------------------------------------------------------------------------------------------ */

/* What the walk over a text knows when it comes to a place. */
struct scan {
    const char *end;
    const char *katakana;  /* where the present run of it began */
    uint32_t before, last; /* the two characters before the place; spaces left out */
    bool number;           /* the Latin word before the place is a number */
    bool plain;            /* the Latin word around the place is all letters, / and - */
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
    bool joint = whole_compounds(at, scan->end) && !inside_compound(scan->katakana, at, scan->end);
    return joint ? BREAK_GOOD : 3 * BREAK_POOR;
}

static int cost_between(const struct scan *scan, const char *at, uint32_t b) {
    uint32_t a = scan->last;
    enum script sa = script_of(a), sb = script_of(b);
    if (no_start(b) || no_end(a))
        return sa == SCRIPT_LATIN && sb == SCRIPT_LATIN && b == '/' ? BREAK_DIRE : BREAK_NEVER;
    if (sa == SCRIPT_LATIN && sb == SCRIPT_LATIN)
        return (a == '/' || a == '-') && scan->plain && letter(scan->before) && letter(b) ? BREAK_POOR : BREAK_DIRE;
    if (scan->number && sa == SCRIPT_LATIN)
        return BREAK_DIRE; /* its counter */
    if (closing_bracket(a) && sb == SCRIPT_HIRAGANA)
        return BREAK_POOR; /* a particle follows */
    if (sa == SCRIPT_SIGN || a == 0x30FB || sb == SCRIPT_SIGN)
        return BREAK_GOOD;
    if (sa == SCRIPT_HIRAGANA && sb != SCRIPT_HIRAGANA)
        return BREAK_GOOD; /* behind a particle or an ending: where a phrase begins */
    if (sa == SCRIPT_KATAKANA && sb == SCRIPT_KATAKANA)
        return cost_of_katakana(scan, at);
    return sa == sb || sb == SCRIPT_HIRAGANA ? BREAK_POOR : BREAK_FAIR;
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
    return no_start(b) ? BREAK_FAIR : BREAK_FREE;
}

/* Take in the character at `at`. `spaced`: a space stands before it. */
static void advance(struct scan *scan, const char *at, uint32_t code, bool spaced) {
    enum script script = script_of(code);
    bool new_word = spaced || !scan->last || japanese(script_of(scan->last));
    if (script == SCRIPT_KATAKANA && (spaced || !scan->last || script_of(scan->last) != SCRIPT_KATAKANA))
        scan->katakana = at;
    if (script == SCRIPT_LATIN) {
        scan->number = (new_word || scan->number) && (digit(code) || (!new_word && (code == '.' || code == ',')));
        if (new_word)
            scan->plain = plain_word(at, scan->end);
    } else {
        scan->number = digit(code) && (scan->number || new_word);
    }
    scan->before = spaced ? ' ' : scan->last;
    scan->last = code;
}

static bool is_space(uint32_t code) { return code == ' ' || code == '\t' || code == 0x3000; }

size_t breaks_find(const char *text, size_t n, struct break_place *places) {
    struct scan scan = {.end = text + n};
    size_t word_end = 0, count = 0;
    for (const char *at = text; at < scan.end;) {
        const char *here = at;
        size_t offset = (size_t)(at - text);
        uint32_t code = utf8_next(&at, scan.end);
        bool spaced = offset > word_end;
        if (code == '\n') {
            places[count++] = (struct break_place){word_end, offset + 1, BREAK_FREE, true};
            scan = (struct scan){.end = text + n};
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
