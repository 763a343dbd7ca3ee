// Annex 3 on paper, as a PDF and as a Word document: the plan's own boxes in its order, by whom it was taken out, and for whom it is not
// there (S102..S110, D9).
#include "web/annex3_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/plain_documents.h"
#include "support/test_school.h"
#include "support/visitor.h"

namespace shide::web {
namespace {

using testing::TestSchool;
using testing::Visitor;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Annex3 : public ::testing::Test {
 protected:
  Annex3() : application(school.ports, Settings{}), visitor(application) {
    school.ports.documents = std::make_unique<testing::PlainDocuments>();
    school.start_visiting();
    address = "/visits/" + school.visits[0].value + "/annex3";
  }
  void sign_in(const std::string& login) {
    visitor.open("/login");
    ASSERT_EQ(visitor.send("/login", {{"login", login}, {"password", "correct horse 9"}}).status, 303);
    visitor.open("/check");  // any page with the token of the session
  }
  std::vector<model::AuditEvent> taken_out() const {
    std::vector<model::AuditEvent> all = school.rows<model::AuditEvent>();
    std::erase_if(all, [](const model::AuditEvent& one) { return one.verb != "take_out_record"; });
    return all;
  }

  TestSchool school;
  Application application;
  Visitor visitor;
  std::string address;
};

TEST_F(Annex3, HasThePlansBoxesInTheirOrderWithTheRecordInThem_S102) {
  school.hand_in(0);
  sign_in(school.homeroom[0].staff_number);
  EXPECT_THAT(visitor.open("/visits/" + school.visits[0].value).body, HasSubstr("/shide" + address));
  EXPECT_THAT(visitor.open(address).body, Not(HasSubstr("name=\"reason\""))) << "the team says no reason";
  Response paper = visitor.send(address, {{"act", "docx"}});
  ASSERT_EQ(paper.status, 200);
  std::size_t at = 0;
  for (const char* label : {"附件3", "“大走访”活动记录表", "学校：", "教师姓名|", "班级|三(1)班", "学生姓名|", "家长姓名|", "同行教师|", "家访时间|", "家访形式|", "家访准备|", "家访过程|",
                            "家长诉求|我五点半才下班", "家访照片||2 pictures", "家访后寻求对策或感想|", "参与教师签名：", "审阅人签名："}) {
    at = paper.body.find(label, at);
    ASSERT_NE(at, std::string::npos) << label << " in " << paper.body;
  }
  EXPECT_THAT(paper.body, HasSubstr(school.homeroom[0].name));
  EXPECT_THAT(paper.body, HasSubstr(school.students[0].name));
  EXPECT_THAT(paper.body, HasSubstr(school.visits[0].value)) << "the mark by which it comes back";
  ASSERT_EQ(taken_out().size(), 1u);
  EXPECT_THAT(visitor.send(address, {{"act", "pdf"}}).body, AllOf(HasSubstr("%PDF"), Not(HasSubstr(school.visits[0].value))));
}

TEST_F(Annex3, BeforeTheVisitHoldsWhatTheRosterKnows_S104) {
  sign_in(school.homeroom[0].staff_number);
  Response paper = visitor.send(address, {{"act", "docx"}});
  ASSERT_EQ(paper.status, 200);
  EXPECT_THAT(paper.body, HasSubstr("学生姓名|" + school.students[0].name));
  EXPECT_THAT(paper.body, HasSubstr("家访过程|\n"));
}

TEST_F(Annex3, TheOfficeSaysWhyAndThePaperSaysSo_D9) {
  school.hand_in(0);
  sign_in("student_office");
  EXPECT_THAT(visitor.open(address).body, HasSubstr("name=\"reason\""));
  Response refused = visitor.send(address, {{"act", "docx"}, {"reason", "x"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("value=\"x\"")) << "what was typed is kept";
  EXPECT_TRUE(taken_out().empty());
  Response paper = visitor.send(address, {{"act", "docx"}, {"reason", "存档"}});
  ASSERT_EQ(paper.status, 200);
  EXPECT_THAT(paper.body, HasSubstr("2 pictures"));
  EXPECT_THAT(paper.body, HasSubstr("林婉如 于 2021-01-"));
  EXPECT_THAT(paper.body, HasSubstr("取出，用于：存档"));
  ASSERT_EQ(taken_out().size(), 1u);
  EXPECT_EQ(taken_out()[0].reason, "存档");
  Response page = visitor.send(address, {{"act", "print"}, {"reason", "存档"}});
  EXPECT_THAT(page.body, HasSubstr("2 张照片，在 Word 和 PDF 里。"));
  EXPECT_THAT(page.body, Not(HasSubstr("/photos/1"))) << "the page of a photo would ask for a reason of its own";
}

TEST_F(Annex3, WhoReadsItMaskedOrNotAtAllHasNone_D9) {
  school.hand_in(1);
  address = "/visits/" + school.visits[1].value + "/annex3";
  for (const std::string& login : {school.companion[0].staff_number, school.homeroom[2].staff_number, std::string("hr"), std::string("head"), std::string("editor")}) {
    sign_in(login);
    EXPECT_EQ(visitor.open(address).status, 404) << login;
    EXPECT_EQ(visitor.send(address, {{"act", "docx"}, {"reason", "存档"}}).status, 404) << login;
  }
  EXPECT_TRUE(taken_out().empty());
}

}  // namespace
}  // namespace shide::web
