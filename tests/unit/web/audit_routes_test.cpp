// The auditor's page: whole sentences, a filter that says when a day is none, and no pupil on it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"
#include "workflow/audit_tree.h"
#include "workflow/visit.h"

namespace shide::web {
namespace {

using testing::Browser;
using testing::TestSchool;
using ::testing::HasSubstr;
using ::testing::Not;

class AuditRoutes_D9 : public ::testing::Test {
 protected:
  AuditRoutes_D9() {
    school.start_visiting();
    school.finish(0);
  }
  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser auditor{application, school.ports, "auditor"};
};

TEST_F(AuditRoutes_D9, SaysInWordsWhoDidWhat) {
  std::string page = auditor.get("/audit").body;
  EXPECT_THAT(page, HasSubstr(school.homeroom[0].name));
  EXPECT_THAT(page, HasSubstr("上交了记录"));
  EXPECT_THAT(page, Not(HasSubstr("记入档案")));
  EXPECT_THAT(auditor.get("/audit?software=yes").body, HasSubstr("记入档案"));
  EXPECT_THAT(auditor.get("/audit?lang=en").body, HasSubstr("submitted a record"));
}

TEST_F(AuditRoutes_D9, HoldsNoPupil) {
  std::string page = auditor.get("/audit").body;
  for (const auto& student : school.students) EXPECT_THAT(page, Not(HasSubstr(student.name)));
}

TEST_F(AuditRoutes_D9, KeepsTheFilterAndSaysWhenADayIsNone) {
  Response none = auditor.get("/audit?person=nobody&day=2021-01-24");
  EXPECT_EQ(none.status, 200);
  EXPECT_THAT(none.body, HasSubstr("没有记录"));
  EXPECT_EQ(testing::value_of(none, "person"), "nobody");
  EXPECT_EQ(testing::value_of(none, "day"), "2021-01-24");
  Response wrong = auditor.get("/audit?day=2021-02-30");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(testing::beside(wrong, "day"), HasSubstr("没有这一天"));
}

TEST_F(AuditRoutes_D9, EveryListLeadsToItsEntries) {
  ASSERT_TRUE(workflow::reveal_guardian(school.ports, school.office, school.visits[1], "核对见面时间"));
  for (const char* list : {"/audit", "/audit?view=looks", "/audit?view=night", "/audit?view=taken", "/audit?software=yes"}) {
    Response page = auditor.get(list);
    EXPECT_EQ(page.status, 200) << list;
    EXPECT_THAT(page.body, HasSubstr("aria-current=\"page\"")) << list;
  }
  std::string looks = auditor.get("/audit?view=looks").body;
  std::size_t at = looks.find("/audit/0");
  ASSERT_NE(at, std::string::npos);
  std::string entry = looks.substr(at, looks.find('"', at) - at);
  Response shown = auditor.get(entry);
  EXPECT_EQ(shown.status, 200);
  EXPECT_THAT(shown.body, HasSubstr("还没有签过名的树头"));
  EXPECT_EQ(auditor.get(entry + "/proof").status, 404);
  ASSERT_TRUE(school.ports.seal->make_key("2021a", *parse_date("2022-08-31")));
  ASSERT_TRUE(workflow::sign_heads(school.ports));
  EXPECT_THAT(auditor.get(entry).body, HasSubstr("/proof"));
  Response proof = auditor.get(entry + "/proof");
  EXPECT_EQ(proof.status, 200);
  EXPECT_THAT(proof.body, HasSubstr("\"path\""));
}

TEST_F(AuditRoutes_D9, CountsReadersAndLinksThem) {
  ASSERT_TRUE(workflow::reveal_guardian(school.ports, school.office, school.visits[1], "核对见面时间"));
  Response page = auditor.get("/audit/readers");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr(school.office.name));
  EXPECT_THAT(page.body, HasSubstr("view=looks&amp;who=" + school.office.account.value));
  EXPECT_EQ(auditor.get("/audit/readers?from=2021-02-30").status, 422);
}

TEST_F(AuditRoutes_D9, AsksForAChildByNumberAndShowsNoName) {
  Response none = auditor.get("/audit?student_number=none");
  EXPECT_EQ(none.status, 422);
  EXPECT_THAT(testing::beside(none, "student_number"), HasSubstr("没有这个学号"));
  EXPECT_EQ(testing::value_of(none, "student_number"), "none");
}

TEST_F(AuditRoutes_D9, PrintsTheHeadAndGivesTheLogAway) {
  EXPECT_THAT(auditor.get("/audit/seal").body, HasSubstr("没有给审计日志签名的钥匙"));
  EXPECT_EQ(auditor.post("/audit/export", {}).status, 422);
  ASSERT_TRUE(school.ports.seal->make_key("2021a", *parse_date("2022-08-31")));
  ASSERT_TRUE(workflow::sign_heads(school.ports));
  EXPECT_THAT(auditor.get("/audit/seal").body, HasSubstr("2021a"));
  Response log = auditor.post("/audit/export", {});
  EXPECT_EQ(log.status, 200);
  EXPECT_TRUE(log.body.starts_with("{\"kind\":\"log\"")) << log.body.substr(0, 100);
  EXPECT_THAT(auditor.get("/audit?view=taken").body, HasSubstr("导出了日志"));
}

TEST_F(AuditRoutes_D9, IsNobodyElses) {
  for (const char* login : {"head", "it_admin", "hr", "0300"}) EXPECT_EQ(Browser(application, school.ports, login).get("/audit").status, 404) << login;
}

}  // namespace
}  // namespace shide::web
