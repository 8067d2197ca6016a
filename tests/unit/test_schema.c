#include "desk.h"

#include "read/schema.h"

struct thing {
    const char *word;
    struct text text;
    int count, choice;
    double size;
    bool flag;
    uint32_t colour;
    const char *const *words;
    int called, others;
};

static void called(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)key;
    assert_ptr_equal(reader->diags, &((struct desk *)reader->context)->diags);
    ((struct thing *)object)->called += value->kind == TREE_MAP;
}

static bool other(struct schema_reader *reader, const struct tree *key, const struct tree *value, void *object) {
    (void)reader, (void)value;
    ((struct thing *)object)->others++;
    return strncmp(key->text, "x-", 2) == 0;
}

static const char *const choices[] = {"red", "green", "blue", NULL};
static const struct schema_row rows[] = {
    {.key = "word", .form = SCHEMA_STRING, .offset = offsetof(struct thing, word), .required = true},
    {.key = "text", .form = SCHEMA_TEXT, .offset = offsetof(struct thing, text)},
    {.key = "count", .form = SCHEMA_INT, .offset = offsetof(struct thing, count), .min = 1, .max = 99},
    {.key = "size", .form = SCHEMA_NUMBER, .offset = offsetof(struct thing, size), .min = 0.5, .max = 6},
    {.key = "flag", .form = SCHEMA_BOOL, .offset = offsetof(struct thing, flag)},
    {.key = "choice", .form = SCHEMA_CHOICE, .offset = offsetof(struct thing, choice), .choices = choices},
    {.key = "colour", .form = SCHEMA_COLOUR, .offset = offsetof(struct thing, colour)},
    {.key = "words", .form = SCHEMA_STRINGS, .offset = offsetof(struct thing, words)},
    {.key = "call", .form = SCHEMA_FUNCTION, .read = called},
};
static const struct schema schema = {"thing", rows, sizeof rows / sizeof *rows, NULL};
static const struct schema open_schema = {"thing", rows, sizeof rows / sizeof *rows, other};

static bool read_thing(struct desk *desk, const struct schema *of, const char *text, struct thing *thing) {
    struct schema_reader reader = {desk->arena, &desk->diags, desk};
    *thing = (struct thing){0};
    return schema_read(of, &reader, desk_tree(desk, text), thing);
}

static void every_form_fills_its_field(void **state) {
    (void)state;
    struct desk desk;
    struct thing thing;
    desk_open(&desk);
    assert_true(read_thing(&desk, &schema,
                           "word: w\ntext: {ja: 東}\ncount: 99\nsize: 0.75\nflag: yes\nchoice: blue\ncolour: "
                           "\"#8C4fFF\"\nwords: [a, b]\ncall: {}\n",
                           &thing));
    desk_fine(&desk);
    assert_string_equal(thing.word, "w");
    assert_null(thing.text.in[LANG_EN]);
    assert_string_equal(thing.text.in[LANG_JA], "東");
    assert_int_equal(thing.count, 99);
    assert_true(thing.size > 0.7499 && thing.size < 0.7501);
    assert_true(thing.flag);
    assert_int_equal(thing.choice, 2);
    assert_int_equal(thing.colour, 0x8C4FFF);
    assert_string_equal(thing.words[1], "b");
    assert_null(thing.words[2]);
    assert_int_equal(thing.called, 1);
    assert_true(read_thing(&desk, &schema, "word: ''\ntext: one\nwords: alone\n", &thing));
    desk_fine(&desk);
    assert_string_equal(thing.text.in[LANG_EN], "one");
    assert_string_equal(thing.text.in[LANG_JA], "one");
    assert_string_equal(thing.words[0], "alone");
    assert_null(thing.words[1]);
    desk_close(&desk);
}

static void wrong_values_are_reported_and_leave_their_field_alone(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum diag_code code;
        unsigned column;
        const char *words;
    } wrong[] = {{"{word: w, count: 0}", DIAG_bad_value, 18, "outside 1 to 99"},
                 {"{word: w, count: 100}", DIAG_bad_value, 18, "outside 1 to 99"},
                 {"{word: w, count: 1.5}", DIAG_bad_value, 18, "a whole number"},
                 {"{word: w, count: 99999999999999999999}", DIAG_bad_value, 18, ""},
                 {"{word: w, size: 0.49}", DIAG_bad_value, 17, "outside 0.5 to 6"},
                 {"{word: w, size: 1e3}", DIAG_bad_value, 17, "a number"},
                 {"{word: w, size: nan}", DIAG_bad_value, 17, "a number"},
                 {"{word: w, flag: maybe}", DIAG_bad_value, 17, "true or false"},
                 {"{word: w, choice: yellow}", DIAG_bad_value, 19, "red, green or blue"},
                 {"{word: w, colour: '#8C4FF'}", DIAG_bad_value, 19, "colour"},
                 {"{word: w, colour: '#8C4FFG'}", DIAG_bad_value, 19, "colour"},
                 {"{word: w, words: {}}", DIAG_wrong_shape, 18, "list"},
                 {"{word: [w]}", DIAG_wrong_shape, 8, "a text, not a list"},
                 {"{word: }", DIAG_wrong_shape, 8, "not nothing"},
                 {"{word: w, text: {}}", DIAG_wrong_shape, 17, "languages"},
                 {"{word: w, text: {fr: x}}", DIAG_unknown_key, 18, "no language `fr`"},
                 {"{word: w, colr: x}", DIAG_unknown_key, 11, "unknown key `colr` in a thing"},
                 {"{text: x}", DIAG_missing_key, 1, "a thing needs the key `word`"},
                 {"[word]", DIAG_wrong_shape, 1, "a thing must be a mapping"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct desk desk;
        struct thing thing;
        desk_open(&desk);
        read_thing(&desk, &schema, wrong[i].text, &thing);
        desk_wrong(&desk, wrong[i].code, 1, wrong[i].column, wrong[i].words);
        assert_int_equal(thing.count, 0);
        assert_int_equal(thing.choice, 0);
        assert_int_equal(thing.colour, 0);
        assert_false(thing.flag);
        desk_close(&desk);
    }
}

static void near_words_are_suggested(void **state) {
    (void)state;
    struct desk desk;
    struct thing thing;
    desk_open(&desk);
    read_thing(&desk, &schema, "{wrod: w, choice: gren}", &thing);
    assert_int_equal(desk.diags.n, 3);
    assert_string_equal(desk.diags.at[0].hint, "did you mean `word`?");
    assert_string_equal(desk.diags.at[1].hint, "did you mean `green`?");
    desk_close(&desk);
}

static void the_owner_is_asked_about_keys_that_no_row_has(void **state) {
    (void)state;
    struct desk desk;
    struct thing thing;
    desk_open(&desk);
    read_thing(&desk, &open_schema, "{word: w, x-mine: 1, y-mine: 2}", &thing);
    assert_int_equal(thing.others, 2);
    desk_wrong(&desk, DIAG_unknown_key, 1, 22, "y-mine");
    desk_close(&desk);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_form_fills_its_field),
                                       cmocka_unit_test(wrong_values_are_reported_and_leave_their_field_alone),
                                       cmocka_unit_test(near_words_are_suggested),
                                       cmocka_unit_test(the_owner_is_asked_about_keys_that_no_row_has)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
