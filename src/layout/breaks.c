/* Line breaking for labels, Japanese and English mixed.
 *
 * Japanese breaks between any two characters except where kinsoku forbids it (JIS X 4051: no closing bracket, small kana, long vowel
 * mark or middle dot at the start of a line, no opening bracket at its end). Within a run of katakana or of kanji a break tears
 * a word, so it is dear; where the script changes it is cheap. Latin breaks at spaces; behind / and - only between letters, so that
 * CIDRs, ranges, identifiers and numbers stay whole. Everything else costs BREAK_DIRE: only a word wider than its line pays that.
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
    if ((code >= 0x3000 && code <= 0x303F) || (code >= 0xFF00 && code <= 0xFF65) || (code >= 0x2190 && code <= 0x21FF))
        return SCRIPT_SIGN;
    return SCRIPT_LATIN;
}

static bool letter(uint32_t code) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0x17F);
}

static int cost_between(uint32_t before, uint32_t a, uint32_t b) {
    enum script sa = script_of(a), sb = script_of(b);
    if (no_start(b) || no_end(a))
        return sa == SCRIPT_LATIN && sb == SCRIPT_LATIN && b == '/' ? BREAK_DIRE : BREAK_NEVER;
    if (sa == SCRIPT_LATIN && sb == SCRIPT_LATIN) {
        if ((a == '/' || a == '-') && letter(before) && letter(b))
            return BREAK_POOR;
        return BREAK_DIRE;
    }
    if (sa == SCRIPT_SIGN || a == 0x30FB)
        return BREAK_GOOD;
    if (sa == SCRIPT_HIRAGANA && sb != SCRIPT_HIRAGANA)
        return BREAK_GOOD; /* behind a particle or an ending: where a phrase begins */
    if (sa == sb)
        return sa == SCRIPT_KATAKANA ? 3 * BREAK_POOR : BREAK_POOR;
    return sb == SCRIPT_HIRAGANA ? BREAK_POOR : BREAK_FAIR;
}

size_t breaks_find(const char *text, size_t n, struct break_place *places) {
    uint32_t before = 0, last = 0;
    size_t word_end = 0, count = 0;
    const char *end = text + n;
    for (const char *at = text; at < end;) {
        size_t offset = (size_t)(at - text);
        uint32_t code = utf8_next(&at, end);
        if (code == '\n') {
            places[count++] = (struct break_place){word_end, offset + 1, BREAK_FREE, true};
            before = last = 0;
            word_end = (size_t)(at - text);
            continue;
        }
        if (code == ' ' || code == '\t' || code == 0x3000)
            goto next;
        if (last == ' ' && offset > word_end && word_end > 0) {
            bool tied = no_start(code);
            places[count++] = (struct break_place){word_end, offset, tied ? BREAK_FAIR : BREAK_FREE, false};
        } else if (last && last != ' ') {
            int cost = cost_between(before, last, code);
            if (cost < BREAK_NEVER)
                places[count++] = (struct break_place){offset, offset, cost, false};
        }
        word_end = (size_t)(at - text);
    next:
        before = last;
        last = code == '\t' || code == 0x3000 ? ' ' : code;
    }
    places[count++] = (struct break_place){word_end, n, BREAK_FREE, true};
    return count;
}
