/* All rows of the built-in catalogue, against each other and against the icon pack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/catalog.h"
#include "model/icon.h"

static const struct catalog *catalog = &catalog_builtin;

static size_t wrong; /* rows, in the test that runs */

/* All rows that are wrong are told, not the first alone. */
#define CHECK(type, truth)                                                                                             \
    do {                                                                                                               \
        if (!(truth)) {                                                                                                \
            print_error("%s: %s\n", (type)->key, #truth);                                                              \
            wrong++;                                                                                                   \
        }                                                                                                              \
    } while (0)

static int start(void **state) {
    (void)state;
    wrong = 0;
    return 0;
}

static int no_row_is_wrong(void **state) {
    (void)state;
    return wrong ? -1 : 0;
}

static bool kebab(const char *key) {
    for (const char *at = key; *at; at++)
        if (!(islower((unsigned char)*at) || isdigit((unsigned char)*at) || (*at == '-' && at != key && at[1] != '\0')))
            return false;
    return *key != '\0';
}

static void keys_and_names_are_unique(void **state) {
    (void)state;
    for (size_t i = 0; i < catalog->type_count; i++) {
        CHECK(&catalog->types[i], kebab(catalog->types[i].key));
        CHECK(&catalog->types[i], i == 0 || strcmp(catalog->types[i - 1].key, catalog->types[i].key) < 0);
    }
    for (size_t i = 1; i < catalog->name_count; i++)
        if (strcmp(catalog->names[i - 1].name, catalog->names[i].name) >= 0)
            fail_msg("the name %s is not unique, or out of order", catalog->names[i].name);
}

static void every_name_leads_to_its_type(void **state) {
    (void)state;
    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct type *type = &catalog->types[i];
        CHECK(type, catalog_type(catalog, type->key) == type);
        for (const char *const *alias = type->aliases; alias && *alias; alias++)
            CHECK(type, catalog_type(catalog, *alias) == type);
        if (type->cloudformation)
            CHECK(type, catalog_type(catalog, type->cloudformation) == type);
    }
    assert_string_equal(catalog_type(catalog, "aws::s3::bucket")->key, "s3");
    assert_string_equal(catalog_type(catalog, "Amazon-Athena")->key, "athena");
    assert_string_equal(catalog_type(catalog, "simple-queue-service")->key, "sqs");
    assert_null(catalog_type(catalog, ""));
    assert_null(catalog_type(catalog, "no-such-thing"));
}

/* What people type who know AWS and not the catalogue, and what they must not get: another product. */
static void names_that_people_type_are_known(void **state) {
    static const char *const words[][2] = {
        {"apigateway", "api-gateway"},
        {"api-gw", "api-gateway"},
        {"elbv2", "elb"},
        {"kinesis-firehose", "data-firehose"},
        {"stepfunctions", "step-functions"},
        {"event-bridge", "eventbridge"},
        {"secretsmanager", "secrets-manager"},
        {"lakeformation", "lake-formation"},
        {"glue-catalog", "glue-data-catalog"},
        {"fsx-lustre", "fsx-for-lustre"},
        {"cognito-user-pool", "cognito"},
        {"ecr-repository", "ecr"},
        {"endpoint-service", "privatelink"},
        {"s3-gateway-endpoint", "gateway-endpoint"},
        {"peering-connection", "vpc-peering"},
        {"node-group", "eks-node-group"},
        {"bastion", "bastion-host"},
        {"admin", "administrator"},
        {"laptop", "client"},
        {"mobile-app", "mobile-client"},
        {"branch-office", "site"},
        {"github", "github"},
        {"developer", "developer"},
        {"knowledge-base", "bedrock-knowledge-base"},
        {"sagemaker-endpoint", "sagemaker-endpoint"},
        {"sagemaker-training-job", "sagemaker-training"},
        {"API Gateway", "api-gateway"},
        {"Amazon S3", "s3"},
        {"application_load_balancer", "alb"},
        {"aurora-postgresql", "aurora-postgresql"},
        {"postgres", "rds-postgresql"},
        {"mysql", "rds-mysql"},
        {"oac", "origin-access-control"},
        {"sso", "identity-center"},
        {"scheduler", "eventbridge-scheduler"},
        {"nfs", "nfs-server"},
        {"idp", "identity-provider"},
        {"okta", "okta"},
        {"terraform", "terraform"},
        {"third-party", "saas"},
        {"利用者", "user"},
        {"データセンター", "corporate-data-center"},
        {"プライベートサブネット", "subnet-private"},
        {"APIゲートウェイ", "api-gateway"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const struct type *type = catalog_type(catalog, words[i][0]);
        if (!type || strcmp(type->key, words[i][1]) != 0)
            fail_msg("%s leads to %s, not to %s", words[i][0], type ? type->key : "nothing", words[i][1]);
    }
}

static void rows_are_whole(void **state) {
    (void)state;
    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct type *type = &catalog->types[i];
        for (int lang = 0; lang < LANGS; lang++)
            CHECK(type, type->name[lang] && *type->name[lang] &&
                            utf8_valid(type->name[lang], strlen(type->name[lang]), NULL));
        size_t letters = utf8_count(type->monogram, strlen(type->monogram));
        CHECK(type, letters >= 1 && letters <= 4);
        CHECK(type,
              type->category >= catalog->categories && type->category < catalog->categories + catalog->category_count);
        CHECK(type, type->category->colour != 0);
        CHECK(type, type->shape != SHAPE_GROUP || type->frame != 0);
        CHECK(type, !type->cloudformation || strncmp(type->cloudformation, "AWS::", 5) == 0);
    }
}

static bool is_date(const char *text) {
    return strlen(text) >= 4 && strspn(text, "0123456789") == 4 &&
           (!text[4] || (text[4] == '-' && strlen(text) == 7 && strspn(text + 5, "0123456789") == 2 &&
                         strcmp(text + 5, "12") <= 0));
}

static void lives_make_sense(void **state) {
    size_t changed = 0;
    (void)state;
    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct type *type = &catalog->types[i];
        CHECK(type, type->lifecycle != LIFECYCLE_CURRENT || (!type->since && !type->successor));
        CHECK(type, !type->since || is_date(type->since));
        CHECK(type, type->lifecycle != LIFECYCLE_RENAMED || type->successor);
        if (type->successor) {
            const struct type *successor = catalog_type(catalog, type->successor);
            CHECK(type, successor && successor != type && strcmp(successor->key, type->successor) == 0);
        }
        changed += type->lifecycle != LIFECYCLE_CURRENT;
    }
    assert_true(changed > 60);
}

/* Things that are of no service are drawn in this ink, in several shades of the pack. */
static bool general_ink(uint32_t rgb) { return rgb == 0x232F3D || rgb == 0x232F3E || rgb == 0x242F3E; }

static bool in_colour(const struct icon *icon, uint32_t wanted) {
    for (size_t i = 0; i < icon->n; i++)
        if (icon->paths[i].filled && (icon->paths[i].fill == wanted || general_ink(icon->paths[i].fill)))
            return true;
    return false;
}

static void icons_are_in_the_pack(void **state) {
    (void)state;
    if (!icon_pack_count)
        skip();
    for (size_t i = 0; i < catalog->type_count; i++) {
        const struct type *type = &catalog->types[i];
        if (!type->icon)
            continue;
        CHECK(type, icon_find(type->icon));
        if (type->shape == SHAPE_SERVICE || type->shape == SHAPE_RESOURCE)
            CHECK(type, in_colour(icon_find(type->icon), type->category->colour));
    }
}

/* Every service and resource of the pack can be asked for; of the old pack those that nothing better stands for. */
static void the_pack_is_in_the_catalogue(void **state) {
    static const char *const other_names[] = {
        "service/AWSMarketplaceDark",
        "2024/service/AmazonEKSCloud",
        "2024/resource/AmazonSageMakerCanvas",
        "2024/resource/AmazonSageMakerGeospatialML",
        "2024/resource/AmazonSageMakerModel",
        "2024/resource/AmazonSageMakerNotebook",
        "2024/resource/AmazonSageMakerShadowTesting",
        "2024/resource/AmazonSageMakerTrain",
        "2024/resource/AWSOpsWorksStack2",
    };
    (void)state;
    for (size_t i = 0; i < icon_pack_count; i++) {
        const char *name = icon_pack[i].name;
        bool known = strncmp(name, "group/", 6) == 0 || strncmp(name, "category/", 9) == 0;
        for (size_t k = 0; k < sizeof other_names / sizeof *other_names; k++)
            known = known || strcmp(other_names[k], name) == 0;
        for (size_t k = 0; k < catalog->type_count && !known; k++)
            known = catalog->types[k].icon && strcmp(catalog->types[k].icon, name) == 0;
        if (!known)
            fail_msg("no type has the icon %s", name);
    }
}

static void words_of_the_drafts_are_types(void **state) {
    char line[128];
    size_t n = 0;
    FILE *file = fopen("tests/data/type-words.txt", "r");
    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || !line[0])
            continue;
        if (!catalog_type(catalog, line))
            fail_msg("%s is no type", line);
        n++;
    }
    fclose(file);
    assert_true(n > 100);
}

static const char *nearest(const char *word) {
    const char *near[3];
    return catalog_near(catalog, word, near, 3) ? near[0] : "";
}

static void near_words_are_suggested(void **state) {
    (void)state;
    assert_string_equal(nearest("dynamobd"), "dynamodb");
    assert_string_equal(nearest("custmer-gateway"), "customer-gateway");
    assert_string_equal(nearest("cloud-front"), "cloudfront");
    assert_string_equal(nearest("ロードバランス"), "elb");
    assert_string_equal(nearest("ＮＡＴ ゲートウエイ"), "nat-gateway");
    assert_string_equal(nearest("カスタマーゲートウエイ"), "customer-gateway");
    assert_string_equal(nearest("xyzzyplugh"), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_and_names_are_unique, start, no_row_is_wrong),
        cmocka_unit_test_setup_teardown(every_name_leads_to_its_type, start, no_row_is_wrong),
        cmocka_unit_test_setup_teardown(names_that_people_type_are_known, start, no_row_is_wrong),
        cmocka_unit_test_setup_teardown(rows_are_whole, start, no_row_is_wrong),
        cmocka_unit_test_setup_teardown(lives_make_sense, start, no_row_is_wrong),
        cmocka_unit_test_setup_teardown(icons_are_in_the_pack, start, no_row_is_wrong),
        cmocka_unit_test_setup_teardown(the_pack_is_in_the_catalogue, start, no_row_is_wrong),
        cmocka_unit_test_setup_teardown(words_of_the_drafts_are_types, start, no_row_is_wrong),
        cmocka_unit_test_setup_teardown(near_words_are_suggested, start, no_row_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
