#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "write/xml.h"

static void elements_nest_and_close(void **state) {
    (void)state;
    struct str out = STR_EMPTY;
    struct xml xml = {.out = &out};
    xml_start(&xml, "a");
    xml_attribute(&xml, "id", "x");
    xml_start(&xml, "b");
    xml_number(&xml, "n", 1.50);
    xml_end(&xml);
    xml_start(&xml, "c");
    xml_text(&xml, "text");
    xml_end(&xml);
    xml_end(&xml);
    assert_int_equal(xml.depth, 0);
    assert_string_equal(out.at, "<a id=\"x\">\n  <b n=\"1.5\"/>\n  <c>text</c>\n</a>");
    str_free(&out);
}

static void texts_and_attributes_are_escaped(void **state) {
    (void)state;
    struct str out = STR_EMPTY;
    struct xml xml = {.out = &out};
    xml_start(&xml, "a");
    xml_attribute(&xml, "v", "<&>\"'\n\t\r東]]>");
    xml_text(&xml, "<&>\"'\n\t\r東]]>");
    xml_textn(&xml, "cut&off", 4);
    xml_end(&xml);
    assert_string_equal(
        out.at, "<a v=\"&lt;&amp;&gt;&quot;'&#10;&#9;&#13;東]]&gt;\">&lt;&amp;&gt;\"'\n\t&#13;東]]&gt;cut&amp;</a>");
    str_free(&out);
}

static void formatted_values_may_be_long(void **state) {
    (void)state;
    struct str out = STR_EMPTY;
    struct xml xml = {.out = &out};
    char word[1001];
    memset(word, '&', 1000);
    word[1000] = '\0';
    xml_start(&xml, "a");
    xml_printf(&xml, "v", "%s%d", word, 7);
    xml_end(&xml);
    assert_int_equal(out.n, strlen("<a v=\"7\"/>") + 5000);
    assert_memory_equal(out.at + out.n - 9, "&amp;7\"/>", 9);
    str_free(&out);
}

static void raw_bytes_are_left_alone(void **state) {
    (void)state;
    struct str out = STR_EMPTY;
    struct xml xml = {.out = &out};
    xml_start(&xml, "style");
    xml_raw(&xml, "a > b {}", 8);
    xml_end(&xml);
    assert_string_equal(out.at, "<style>a > b {}</style>");
    str_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_nest_and_close), cmocka_unit_test(texts_and_attributes_are_escaped),
        cmocka_unit_test(formatted_values_may_be_long), cmocka_unit_test(raw_bytes_are_left_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
