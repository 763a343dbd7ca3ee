// Annex 2 on paper and as a spreadsheet: the plan's own columns, whoever takes it out, and why.
#include "web/annex2_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "support/plain_tables.h"
#include "support/test_school.h"
#include "support/visitor.h"

namespace shide::web {
namespace {

using testing::TestSchool;
using testing::Visitor;
using ::testing::HasSubstr;
using ::testing::Not;

class Annex2 : public ::testing::Test {
 protected:
  Annex2() : application(school.ports, Settings{}), visitor(application) {
    school.ports.documents = std::make_unique<testing::PlainTables>();
    school.announce_campaign();
    school.choose_everywhere();
    school.hand_in_roster();
    address = "/rosters/" + school.roster.value + "/annex2";
  }
  void sign_in(const std::string& login) {
    visitor.open("/login");
    ASSERT_EQ(visitor.send("/login", {{"login", login}, {"password", "correct horse 9"}}).status, 303);
    visitor.open("/check");  // any page with the token of the session
  }
  std::vector<model::AuditEvent> taken_out() const {
    std::vector<model::AuditEvent> all = school.rows<model::AuditEvent>();
    std::erase_if(all, [](const model::AuditEvent& one) { return one.verb != "take_out_roster"; });
    return all;
  }

  TestSchool school;
  Application application;
  Visitor visitor;
  std::string address;
};

TEST_F(Annex2, HasThePlansColumnsAndTwentyLines_S99_S100) {
  sign_in("student_office");
  EXPECT_THAT(visitor.open("/rosters/" + school.roster.value).body, HasSubstr("/shide" + address));
  EXPECT_THAT(visitor.open(address).body, Not(HasSubstr(school.students[0].name)));
  Response sheet = visitor.send(address, {{"act", "xlsx"}, {"reason", "存档"}});
  ASSERT_EQ(sheet.status, 200);
  EXPECT_THAT(sheet.body, HasSubstr("附件2\n"));
  EXPECT_THAT(sheet.body, HasSubstr("三年级组被访学生名单\n班级|被访学生|性别|联系方式|参与老师\n三(1)班|" + school.students[0].name + "|"));
  EXPECT_EQ(std::count(sheet.body.begin(), sheet.body.end(), '\n'), 3 + 20);
  EXPECT_THAT(sheet.body, HasSubstr(school.homeroom[0].name + " " + school.companion[0].name));
}

TEST_F(Annex2, IsThereAsAPdfWithTheSameInIt_S99) {
  sign_in("student_office");
  visitor.open(address);
  Response pdf = visitor.send(address, {{"act", "pdf"}, {"reason", "存档"}});
  ASSERT_EQ(pdf.status, 200);
  EXPECT_THAT(pdf.body, ::testing::StartsWith("%PDF附件2\n"));
  EXPECT_THAT(pdf.body, HasSubstr(school.students[0].name));
}

TEST_F(Annex2, TheOfficeHasTelephonesUnderOneReasonAndItIsLogged_S101) {
  sign_in("student_office");
  Response refused = visitor.send(address, {{"act", "print"}, {"reason", ""}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, Not(HasSubstr("13800000020")));
  EXPECT_TRUE(taken_out().empty());
  Response page = visitor.send(address, {{"act", "print"}, {"reason", "存档"}});
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("13800000020"));
  EXPECT_THAT(page.body, HasSubstr("林婉如 于 2021-01-"));
  EXPECT_THAT(page.body, HasSubstr("取出，用于：存档"));
  ASSERT_EQ(taken_out().size(), 1u);
  EXPECT_EQ(taken_out()[0].reason, "存档");
}

TEST_F(Annex2, TheLeaderHasThemMaskedAndOthersNothing_S101) {
  sign_in("0301");
  Response page = visitor.send(address, {{"act", "print"}, {"reason", "存档"}});
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr(school.students[0].name));
  EXPECT_THAT(page.body, HasSubstr("13800000020")) << "a family the leader visits";
  EXPECT_THAT(page.body, Not(HasSubstr("13800000023")));
  Visitor other(application);
  other.open("/login");
  other.send("/login", {{"login", "0305"}, {"password", "correct horse 9"}});
  EXPECT_EQ(other.open(address).status, 404);
}

}  // namespace
}  // namespace shide::web
