#include "base/fold.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { PROLONGED = 0x30FC, VOICED = 0x3099, HALF_VOICED = 0x309A, LONGEST = 256 };

/* Half-width kana U+FF66 to U+FF9F in their order. */
static const uint16_t wide_kana[] = {0x30F2, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30E3, 0x30E5, 0x30E7, 0x30C3,
                                     0x30FC, 0x30A2, 0x30A4, 0x30A6, 0x30A8, 0x30AA, 0x30AB, 0x30AD, 0x30AF, 0x30B1,
                                     0x30B3, 0x30B5, 0x30B7, 0x30B9, 0x30BB, 0x30BD, 0x30BF, 0x30C1, 0x30C4, 0x30C6,
                                     0x30C8, 0x30CA, 0x30CB, 0x30CC, 0x30CD, 0x30CE, 0x30CF, 0x30D2, 0x30D5, 0x30D8,
                                     0x30DB, 0x30DE, 0x30DF, 0x30E0, 0x30E1, 0x30E2, 0x30E4, 0x30E6, 0x30E8, 0x30E9,
                                     0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF, 0x30F3, 0x3099, 0x309A};

static uint32_t widen(uint32_t code) {
    if (code >= 0xFF01 && code <= 0xFF5E)
        code -= 0xFEE0;
    if (code >= 0xFF66 && code <= 0xFF9F)
        code = wide_kana[code - 0xFF66];
    if (code >= 0x3041 && code <= 0x3096)
        code += 0x60;
    if (code == 0x309B || code == 0x309C)
        code -= 2; /* marks that stand alone, as those that do not */
    return code >= 'A' && code <= 'Z' ? code + 32 : code;
}

/* ka with the mark is ga; 0 when the letter takes no such mark. */
static uint32_t voiced(uint32_t letter, uint32_t mark) {
    bool ka_to_chi = letter >= 0x30AB && letter <= 0x30C1 && letter % 2 == 1;
    bool tsu_to_to = letter == 0x30C4 || letter == 0x30C6 || letter == 0x30C8;
    bool ha_to_ho = letter >= 0x30CF && letter <= 0x30DB && (letter - 0x30CF) % 3 == 0;
    if (mark == VOICED && letter == 0x30A6)
        return 0x30F4;
    if (mark == VOICED && (ka_to_chi || tsu_to_to || ha_to_ho))
        return letter + 1;
    return mark == HALF_VOICED && ha_to_ho ? letter + 2 : 0;
}

static bool between_words(uint32_t code) {
    bool ascii_sign = code < 0x80 && !((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9'));
    bool general_sign = code >= 0x2000 && code <= 0x206F;
    bool cjk_sign = (code >= 0x3000 && code <= 0x3004) || (code >= 0x3008 && code <= 0x3020) || code == 0x30FB ||
                    code == 0xFF65;
    return ascii_sign || general_sign || cjk_sign || code == 0xA0;
}

struct folded fold(struct arena *arena, const char *text) {
    const char *end = text + strlen(text);
    uint32_t *at = arena_array(arena, (size_t)(end - text) + 1, sizeof *at);
    bool *starts = arena_array(arena, (size_t)(end - text) + 1, sizeof *starts), fresh = true;
    size_t n = 0;
    while (text < end) {
        uint32_t code = widen(utf8_next(&text, end)), joined = n ? voiced(at[n - 1], code) : 0;
        if (joined) {
            at[n - 1] = joined;
        } else if (between_words(code)) {
            fresh = true;
        } else if (code != PROLONGED) {
            starts[n] = fresh;
            at[n++] = code;
            fresh = false;
        }
    }
    return (struct folded){at, starts, n};
}

static bool equal(const uint32_t *a, const uint32_t *b, size_t n) { return memcmp(a, b, n * sizeof *a) == 0; }

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Slips between the word and the part of the text that is nearest to it (or the whole text). */
static size_t slips(struct folded word, struct folded text, bool whole) {
    size_t row[LONGEST + 1], best;
    for (size_t i = 0; i <= word.n; i++)
        row[i] = i;
    best = row[word.n];
    for (size_t j = 0; j < text.n; j++) {
        size_t corner = row[0];
        row[0] = whole ? j + 1 : 0;
        for (size_t i = 1; i <= word.n; i++) {
            size_t here = least(corner + (word.at[i - 1] != text.at[j]), least(row[i], row[i - 1]) + 1);
            corner = row[i];
            row[i] = here;
        }
        best = whole ? row[word.n] : least(best, row[word.n]);
    }
    return best;
}

int fold_match(struct folded word, struct folded text) {
    if (word.n == 0 || word.n > LONGEST)
        return FOLD_NOT;
    bool part = false;
    for (size_t i = 0; i + word.n <= text.n; i++) {
        if (!equal(text.at + i, word.at, word.n))
            continue;
        if (i == 0)
            return word.n == text.n ? FOLD_SAME : FOLD_PREFIX;
        if (text.starts[i])
            return FOLD_WORD;
        part = true;
    }
    if (part)
        return FOLD_PART;
    size_t most = word.n >= 8 ? 2 : word.n >= 4 ? 1 : 0, found = most ? slips(word, text, false) : 1;
    return found <= most ? FOLD_NEAR + (int)found : FOLD_NOT;
}

size_t fold_distance(struct folded a, struct folded b, size_t most) {
    if (a.n > LONGEST || (a.n > b.n ? a.n - b.n : b.n - a.n) > most)
        return most + 1;
    return least(slips(a, b, true), most + 1);
}
