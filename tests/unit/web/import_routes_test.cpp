// A list from a spreadsheet: looked at first, confirmed or not.
#include "web/import_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "support/plain_tables.h"
#include "support/test_school.h"
#include "support/visitor.h"

namespace shide::web {
namespace {

using testing::TestSchool;
using testing::TypedFields;
using testing::Visitor;
using ::testing::HasSubstr;
using ::testing::Not;

class ImportPages : public ::testing::Test {
 protected:
  ImportPages() : application(school.ports, Settings{}), visitor(application) { school.ports.documents = std::make_unique<testing::PlainTables>(); }

  void sign_in(const std::string& login) {
    visitor.open("/login");
    ASSERT_EQ(visitor.send("/login", {{"login", login}, {"password", "correct horse 9"}}).status, 303);
    visitor.open("/check");  // any page with the token of the session
  }
  /// The value of a hidden field, as a browser sends it back.
  static std::string hidden(const Response& page, const std::string& name) {
    std::string start = "name=\"" + name + "\" value=\"";
    std::size_t at = page.body.find(start);
    if (at == std::string::npos) return {};
    at += start.size();
    std::string value = page.body.substr(at, page.body.find('"', at) - at);
    for (auto [from, to] : {std::pair{"&quot;", "\""}, {"&#39;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}}) value = replace_all(value, from, to);
    return value;
  }
  static TypedFields back(const Response& page, TypedFields more = {}) {
    more.insert(more.end(), {{"kind", hidden(page, "kind")}, {"digest", hidden(page, "digest")}, {"carried", hidden(page, "carried")}});
    return more;
  }

  TestSchool school;
  Application application;
  Visitor visitor;
};

TEST_F(ImportPages, PupilsAreShownFirstAndThenImported_D12) {
  sign_in("student_office");
  EXPECT_THAT(visitor.open("/classes").body, HasSubstr("/shide/classes/import"));
  EXPECT_EQ(visitor.open("/classes/import").status, 200);
  Response report = visitor.send("/classes/import", {{"kind", "students"}, {"pasted", "班级\t姓名\t住址\n三(1)班\t方\"圆<圆\t幸福路\n三(2)班\t白云\t"}});
  ASSERT_EQ(report.status, 200) << report.body;
  EXPECT_THAT(report.body, HasSubstr("确认导入2行"));
  EXPECT_THAT(report.body, HasSubstr("这些列没有用到，不会保存：住址"));
  EXPECT_THAT(report.body, Not(HasSubstr("幸福路")));
  Response done = visitor.send("/classes/import/confirm", back(report));
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_THAT(done.body, HasSubstr("添加2行"));
  EXPECT_THAT(visitor.open("/classes/" + school.classes[1].id.value).body, HasSubstr("白云"));
  Response again = visitor.send("/classes/import", {{"kind", "students"}, {"pasted", "班级\t姓名\n三(2)班\t白云"}});
  EXPECT_THAT(again.body, HasSubstr("学校里已经是这样"));
}

TEST_F(ImportPages, ProblemsStandWithTheirCellAndGoIntoTheAnnotatedSheet) {
  sign_in("it_admin");
  Response report = visitor.send("/people/import", {{"pasted", "姓名\t工号\n苏晓\t0401\n秦川\t"}});
  ASSERT_EQ(report.status, 200);
  EXPECT_THAT(report.body, HasSubstr("B3"));
  EXPECT_THAT(report.body, HasSubstr("没有工号"));
  Response refused = visitor.send("/people/import/confirm", back(report));
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("有问题的行还没有处理"));
  Response sheet = visitor.send("/people/import/annotated", back(refused));
  EXPECT_EQ(sheet.status, 200);
  EXPECT_THAT(sheet.body, HasSubstr("A3|秦川|||"));
  EXPECT_THAT(sheet.body, HasSubstr("|有问题|B3 没有工号"));
  Response done = visitor.send("/people/import/confirm", back(report, {{"without_problems", "yes"}}));
  EXPECT_EQ(done.status, 200);
  EXPECT_THAT(done.body, HasSubstr("1行没有导入"));
  EXPECT_THAT(visitor.open("/people").body, HasSubstr("苏晓"));
}

TEST_F(ImportPages, WhatChangedMeanwhileIsShownAgain) {
  sign_in("it_admin");
  const model::Teacher& known = school.companion[1];
  Response report = visitor.send("/people/import", {{"pasted", "姓名\t工号\t学科\n" + known.name + "\t" + known.staff_number + "\t劳动"}});
  school.amend<model::Teacher>([&](model::Teacher& one) { return one.id == known.id && (one.subject = "书法", true); });
  Response stale = visitor.send("/people/import/confirm", back(report));
  EXPECT_EQ(stale.status, 412);
  EXPECT_THAT(stale.body, HasSubstr("书法 → 劳动"));
  EXPECT_EQ(visitor.send("/people/import/confirm", back(stale)).status, 200);
}

TEST_F(ImportPages, WhatIsNoListIsToldBesideTheField) {
  sign_in("student_office");
  for (auto [pasted, said] : {std::pair{"", "请选一个文件"}, {"#", "这个文件不是表格"}, {"甲\t乙", "没有找到表头"}, {"班级\t姓名\t证\n三(1)班\t白云\t320412201209091234", "C2像身份证号"}}) {
    Response page = visitor.send("/classes/import", {{"kind", "students"}, {"pasted", pasted}});
    EXPECT_EQ(page.status, 422) << pasted;
    EXPECT_THAT(page.body, HasSubstr(said));
  }
  EXPECT_EQ(visitor.send("/classes/import/confirm", {{"kind", "students"}, {"carried", "{}"}}).status, 422);
  EXPECT_EQ(visitor.send("/classes/import/annotated", {{"kind", "students"}, {"carried", ""}}).status, 422);
}

}  // namespace
}  // namespace shide::web
