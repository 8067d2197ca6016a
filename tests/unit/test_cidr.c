#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "model/cidr.h"

static struct cidr range(const char *text) {
    struct cidr cidr;
    if (!cidr_parse(text, strlen(text), &cidr, NULL))
        fail_msg("%s cannot be read", text);
    return cidr;
}

static void first_and_last_address(void **state) {
    (void)state;
    static const struct {
        const char *range, *low, *high;
        bool exact;
    } rows[] = {{"10.0.0.0/16", "10.0.0.0", "10.0.255.255", true},
                {"10.0.3.7/16", "10.0.0.0", "10.0.255.255", false},
                {"10.1.2.128/25", "10.1.2.128", "10.1.2.255", true},
                {"0.0.0.0/0", "0.0.0.0", "255.255.255.255", true},
                {"192.0.2.1", "192.0.2.1", "192.0.2.1", true},
                {"192.0.2.1/32", "192.0.2.1", "192.0.2.1", true},
                {"2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", true},
                {"::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true},
                {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", "1:2:3:4:5:6:7:0", true},
                {"::1", "0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:1", true},
                {"2001:DB8::A/127", "2001:db8::a", "2001:db8::b", true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cidr cidr, low = range(rows[i].low), high = range(rows[i].high);
        bool exact;
        assert_true(cidr_parse(rows[i].range, strlen(rows[i].range), &cidr, &exact));
        assert_memory_equal(cidr.low, low.low, 16);
        assert_memory_equal(cidr.high, high.high, 16);
        assert_int_equal(exact, rows[i].exact);
    }
}

static void what_is_no_range_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "10",
                                      "10.0.0",
                                      "10.0.0.0.0",
                                      "10.0.0.256",
                                      "10.0.0.0/33",
                                      "10.0.0.0/",
                                      "10.0.0.0/ 8",
                                      "10.0.0.0/08",
                                      "010.0.0.0",
                                      "10.0.0.-1",
                                      "a.b.c.d",
                                      "10.0.0.0x",
                                      ":",
                                      ":::",
                                      "1::2::3",
                                      "1:2:3:4:5:6:7",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1:2:3:4:5:6:7:8::",
                                      "12345::",
                                      "::/129",
                                      "g::",
                                      "::1/",
                                      "1:",
                                      " 10.0.0.0",
                                      "10.0.0.0 ",
                                      "4294967306.0.0.1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct cidr cidr;
        if (cidr_parse(bad[i], strlen(bad[i]), &cidr, NULL))
            fail_msg("`%s` was read", bad[i]);
    }
    struct cidr cidr;
    assert_true(cidr_parse("10.0.0.0/80", 10, &cidr, NULL)); /* no byte behind the length is looked at */
    assert_false(cidr_parse("10.0.0.0", 7, &cidr, NULL));
}

static void ranges_are_compared(void **state) {
    (void)state;
    struct cidr vpc = range("10.0.0.0/16"), subnet = range("10.0.4.0/24"), other = range("10.1.0.0/16"),
                all = range("0.0.0.0/0"), six = range("::/0");
    assert_true(cidr_inside(&subnet, &vpc));
    assert_true(cidr_inside(&vpc, &vpc));
    assert_false(cidr_inside(&vpc, &subnet));
    assert_true(cidr_overlap(&vpc, &subnet) && cidr_overlap(&subnet, &vpc));
    assert_false(cidr_overlap(&vpc, &other));
    assert_true(cidr_overlap(&all, &other));
    assert_true(cidr_inside(&all, &six)); /* IPv4 is a part of IPv6, as mapped */
    assert_true(cidr_compare(&vpc, &other) < 0);
    assert_true(cidr_compare(&vpc, &subnet) < 0);
    assert_true(cidr_compare(&other, &vpc) > 0);
    assert_int_equal(cidr_compare(&vpc, &vpc), 0);
}

static void lists_are_parted_by_commas_or_spaces(void **state) {
    (void)state;
    struct cidr cidr;
    const char *at = " 10.0.0.0/16, 10.1.0.0/16\t::1 ,x";
    for (int i = 0; i < 3; i++)
        assert_int_equal(cidr_next(&at, &cidr), 1);
    assert_int_equal(cidr_next(&at, &cidr), -1);
    assert_int_equal(cidr_next(&at, &cidr), 0);
    assert_int_equal(cidr_next(&at, &cidr), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_and_last_address), cmocka_unit_test(what_is_no_range_is_refused),
        cmocka_unit_test(ranges_are_compared), cmocka_unit_test(lists_are_parted_by_commas_or_spaces)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
