// Annex 3 on paper, as a PDF and as a Word document: the plan's own boxes in its order, by whom it was taken out, and for whom it is not
// there (S102..S110, D9).
#include "web/annex3_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
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
  for (const std::string& login : {school.companion[0].staff_number, school.homeroom[2].staff_number}) {
    sign_in(login);
    EXPECT_EQ(visitor.open(address).status, 404) << login;
    EXPECT_EQ(visitor.send(address, {{"act", "docx"}, {"reason", "存档"}}).status, 404) << login;
  }
  EXPECT_TRUE(taken_out().empty());
}

class Annex3Back : public Annex3 {
 protected:
  /// As Word leaves it, with `replaced` instead of what stood there.
  std::string paper(const std::string& from = {}, const std::string& to = {}) {
    visitor.open(address);
    std::string bytes = visitor.send(address, {{"act", "docx"}}).body;
    EXPECT_THAT(bytes, ::testing::StartsWith("PK"));
    if (from.empty()) return bytes;
    EXPECT_THAT(bytes, HasSubstr(from));
    return replace_all(std::move(bytes), from, to);
  }
  Response look(const std::vector<std::string>& papers) {
    visitor.open("/papers");
    std::vector<Visitor::File> files;
    for (std::size_t i = 0; i < papers.size(); ++i) files.push_back({"files", "附件3 " + std::to_string(i) + ".docx", papers[i]});
    return visitor.send_files("/papers", {}, files);
  }
  /// Every hidden field of the page, sent on as its button does.
  Response take(const Response& page, std::vector<std::pair<std::string, std::string>> more = {}) {
    for (auto& one : hidden_fields(page.body)) {
      if (one.first != "csrf") more.push_back(std::move(one));
    }
    return visitor.send("/papers/take", more);
  }
  static std::vector<std::pair<std::string, std::string>> hidden_fields(const std::string& body);
  model::VisitRecord record() const {
    for (const auto& one : school.rows<model::VisitRecord>()) {
      if (one.id.value == school.visits[0].value) return one;
    }
    return {};
  }
};

TEST_F(Annex3Back, WordGoesInAsItCameOut_D11) {
  sign_in(school.homeroom[0].staff_number);
  Response page = look({paper("家访过程|", "家访过程|进门先看了书桌。/再说作业。")});
  ASSERT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("附件3 0.docx"), HasSubstr(school.students[0].name), HasSubstr("写进去"), HasSubstr("没有变")));
  EXPECT_EQ(record().narrative, "") << "nothing is written before it is said";
  Response taken = take(page);
  ASSERT_EQ(taken.status, 200) << taken.body;
  EXPECT_THAT(taken.body, HasSubstr("写进去了"));
  EXPECT_EQ(record().narrative, "进门先看了书桌。\n再说作业。");
  EXPECT_THAT(take(page).body, HasSubstr("写进去了")) << "sent twice it is as it was";
  EXPECT_EQ(record().narrative, "进门先看了书桌。\n再说作业。");
}

TEST_F(Annex3Back, WhatAColleagueWroteMeanwhileStaysAndWhatBothWroteIsAsked_S76) {
  school.prepare(0);
  school.write_record(0);
  sign_in(school.homeroom[0].staff_number);
  std::string filled = replace_all(paper(), "家访后寻求对策或感想|", "家访后寻求对策或感想|从纸上来。");
  model::VisitRecord before = record();
  school.amend<model::VisitRecord>([&](model::VisitRecord& one) {
    if (one.id.value != school.visits[0].value) return false;
    one.narrative += "同事补了一句。";
    return true;
  });
  EXPECT_THAT(take(look({filled})).body, HasSubstr("写进去了"));
  EXPECT_EQ(record().narrative, before.narrative + "同事补了一句。");
  EXPECT_THAT(record().reflection, HasSubstr("从纸上来。"));
  Response asked = take(look({replace_all(filled, "从纸上来。", "第二次从纸上来。")}));
  EXPECT_THAT(asked.body, AllOf(HasSubstr("您和同事改了同一栏"), HasSubstr("打开记录，逐处看")));
  EXPECT_THAT(record().reflection, Not(HasSubstr("第二次")));
}

TEST_F(Annex3Back, RosterFieldsStrangeWordsAndUnknownRowsAreToldNotTaken_S102) {
  sign_in(school.homeroom[0].staff_number);
  Response page = look({paper("学生姓名|" + school.students[0].name, "学生姓名|另一个名字") + "备注|下周再来\n"});
  EXPECT_THAT(page.body, AllOf(HasSubstr("另一个名字"), HasSubstr("来自名单"), HasSubstr("备注 下周再来"), HasSubstr("不知道属于哪一栏")));
  take(page);
  for (const auto& one : school.rows<model::VisitedStudent>()) EXPECT_NE(one.name, "另一个名字");
  school.prepare(0);
  sign_in(school.homeroom[0].staff_number);
  EXPECT_THAT(look({paper("家访形式|入户", "家访形式|骑马")}).body, HasSubstr("没看懂"));
}

TEST_F(Annex3Back, ANewLineOfTheDemandsIsANewDemandOnce_S109) {
  school.prepare(0);
  school.write_record(0);
  sign_in(school.homeroom[0].staff_number);
  Response page = look({paper("家长诉求|", "家长诉求|想知道午餐吃什么。/")});
  take(page);
  take(page);
  std::vector<std::string> texts;
  for (const auto& one : school.rows<model::Demand>()) texts.push_back(one.text);
  EXPECT_THAT(texts, ::testing::UnorderedElementsAre("我五点半才下班，课后服务能不能到六点？", "想知道午餐吃什么。"));
}

TEST_F(Annex3Back, WithoutItsMarkItsTeacherSaysWhoseItIs_D11) {
  sign_in(school.homeroom[0].staff_number);
  std::string bytes = paper("家访过程|", "家访过程|没有记号的。");
  bytes = "PK|\n" + bytes.substr(bytes.find('\n') + 1);
  Response page = look({bytes});
  EXPECT_THAT(page.body, AllOf(HasSubstr("这是哪一次家访"), HasSubstr("没有记号的。")));
  EXPECT_THAT(take(page, {{"p0_visit", ""}}).body, HasSubstr("请先选"));
  EXPECT_EQ(record().narrative, "");
  EXPECT_THAT(take(page, {{"p0_visit", school.visits[0].value}}).body, HasSubstr("写进去了"));
  EXPECT_EQ(record().narrative, "没有记号的。");
}

TEST_F(Annex3Back, SomebodyElsesAHandedInOneAndOtherFilesAreRefusedInWords_D9) {
  sign_in(school.homeroom[0].staff_number);
  std::string mine = paper();
  std::string other = mine.substr(0, 2) + school.visits[1].value + mine.substr(2 + school.visits[1].value.size());
  Response page = look({other, "no zip", "PK|\nx|y\n"});
  EXPECT_THAT(page.body, AllOf(HasSubstr("不是您参加的家访"), HasSubstr("没有找到附件3的表格"), Not(HasSubstr("都写进去"))));
  EXPECT_EQ(visitor.send("/papers/take", {{"p0_file", "x"}, {"p0_visit", school.visits[1].value}, {"p0_narrative", "不该写进去"}}).status, 200);
  for (const auto& one : school.rows<model::VisitRecord>()) EXPECT_THAT(one.narrative, Not(HasSubstr("不该写进去")));
  EXPECT_EQ(look({}).status, 422);
  EXPECT_EQ(look(std::vector<std::string>(37, mine)).status, 422);
  school.hand_in(0);
  sign_in(school.homeroom[0].staff_number);
  EXPECT_THAT(look({mine}).body, HasSubstr("已经上交"));
}

std::vector<std::pair<std::string, std::string>> Annex3Back::hidden_fields(const std::string& body) {
  std::vector<std::pair<std::string, std::string>> fields;
  const std::string start = "<input type=\"hidden\" name=\"", middle = "\" value=\"";
  for (std::size_t at = body.find(start); at != std::string::npos; at = body.find(start, at + 1)) {
    std::size_t name = at + start.size(), value = body.find(middle, name) + middle.size();
    fields.emplace_back(body.substr(name, body.find('"', name) - name), replace_all(body.substr(value, body.find('"', value) - value), "&amp;", "&"));
  }
  return fields;
}

}  // namespace
}  // namespace shide::web
