/* The roster and the credentials that machines read. */
#include "pages/credentials.h"
#include "plan_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char CONTENT[] =
    "put designations.yml <<'E'\n"
    "- {code: MCRS, name: Master of Scones, issuer: The Board, url: https://board.example/mcrs,\n"
    "   description: Bakes., badge: https://board.example/mcrs.svg}\n"
    "- {code: OLD, name: Former}\nE\n"
    "put roster.yml <<'E'\n"
    "- {member: jo, code: MCRS, since: 2024-02-01, until: 2027-01-31}\n"
    "- {member: jo, code: OLD, since: 2010-01-01, until: 2020-01-01}\n"
    "- {member: bo, code: MCRS, since: 2024-02-01, revoked: 2025-01-01}\nE\n"
    "put members/jo.md <<'E'\n---\nname: Jo Tremblay\nemail: jo@secret.example\n"
    "location: Halifax\n---\nE\n"
    "put members/bo.md <<'E'\n---\nname: Bo\n---\nE\n";

#define HAS(text, part)                                                                            \
    do {                                                                                           \
        if (!strstr((text), (part)))                                                               \
            fail_msg("no %s in:\n%s", (part), (text));                                             \
    } while (0)
#define HAS_NOT(text, part) assert_null(strstr((text), (part)))

static void the_roster_names_the_holders_of_each_designation(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", CONTENT);
    const char *data =
        plan_fixture_write(fixture, "/designations/index.json", credentials_write_roster);
    HAS(data, "\"code\":\"MCRS\",\"name\":\"Master of Scones\",\"description\":\"Bakes.\","
              "\"issuer\":\"The Board\",\"website\":\"https://board.example/mcrs\","
              "\"url\":\"https://example.org/designations/mcrs/\",\"holders\":[{"
              "\"name\":\"Jo Tremblay\",\"url\":\"https://example.org/members/jo/\","
              "\"location\":\"Halifax\",\"since\":\"2024-02-01\",\"until\":\"2027-01-31\","
              "\"credential\":\"https://example.org/members/jo/credentials/mcrs.json\"}]}");
    HAS(data, "\"code\":\"OLD\"");
    HAS(data, "\"holders\":[]");
    HAS_NOT(data, "Bo\"");
    HAS_NOT(data, "secret");
}

static void a_credential_has_what_open_badges_asks_for(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "organisation: {name: The Guild of Bakers}\n", CONTENT);
    const char *data =
        plan_fixture_write(fixture, "/members/jo/credentials/mcrs.json", credentials_write);
    HAS(data, "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
              "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"],"
              "\"id\":\"https://example.org/members/jo/credentials/mcrs.json\","
              "\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],"
              "\"name\":\"Master of Scones\",\"issuer\":{\"id\":\"https://example.org/\","
              "\"type\":[\"Profile\"],\"name\":\"The Guild of Bakers\"");
    HAS(data, "\"validFrom\":\"2024-02-01T04:00:00Z\",\"validUntil\":\"2027-02-01T03:59:59Z\"");
    HAS(data, "\"credentialSubject\":{\"id\":\"https://example.org/members/jo/\","
              "\"type\":[\"AchievementSubject\"]");
    HAS(data, "\"identityHash\":\"Jo Tremblay\"");
    HAS(data, "\"achievement\":{\"id\":\"https://example.org/designations/mcrs/\","
              "\"type\":[\"Achievement\"],\"name\":\"Master of Scones\",\"humanCode\":\"MCRS\"");
    HAS(data, "\"criteria\":{\"id\":\"https://board.example/mcrs\"}");
    HAS(data, "\"image\":{\"id\":\"https://board.example/mcrs.svg\",\"type\":\"Image\"}");
    HAS_NOT(data, "secret");
}

static void what_has_lapsed_or_was_revoked_has_no_credential(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", CONTENT);
    assert_null(plan_find(fixture->plan, STR("/members/jo/credentials/old.json")));
    assert_null(plan_find(fixture->plan, STR("/members/bo/credentials/mcrs.json")));
}

static void a_credential_has_one_address_in_all_languages(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "languages: [en, fr]\n",
                      "put designations.yml <<'E'\n- {code: X, name: X}\nE\n"
                      "put members/jo.md <<'E'\n---\nname: Jo\ndesignations: [X]\n---\nE\n"
                      "put members/jo.fr.md <<'E'\n---\nname: Jo\ndesignations: [X]\n---\nE\n");
    assert_non_null(plan_find(fixture->plan, STR("/members/jo/credentials/x.json")));
    assert_null(plan_find(fixture->plan, STR("/fr/members/jo/credentials/x.json")));
    HAS(plan_fixture_write(fixture, "/fr/designations/index.json", credentials_write_roster),
        "\"credential\":\"https://example.org/members/jo/credentials/x.json\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, plan_fixture_setup, plan_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_roster_names_the_holders_of_each_designation),
        TEST(a_credential_has_what_open_badges_asks_for),
        TEST(what_has_lapsed_or_was_revoked_has_no_credential),
        TEST(a_credential_has_one_address_in_all_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
