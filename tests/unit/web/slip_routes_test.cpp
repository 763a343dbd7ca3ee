#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "support/test_school.h"
#include "support/visitor.h"
#include "web/session.h"
#include "workflow/people.h"

namespace shide::web {
namespace {

using testing::TestSchool;
using testing::Visitor;
using ::testing::HasSubstr;
using ::testing::Not;

class SlipRoutes : public ::testing::Test {
 protected:
  SlipRoutes() {
    for (const char* number : {"0401", "0402", "0403"}) {
      EXPECT_TRUE(workflow::add_colleague(school.ports, school.it_admin, {std::string("何叶") + number, number, "", "", "", {"teacher"}}));
    }
    admin.open("/login");
    EXPECT_EQ(admin.send("/login", {{"login", "it_admin"}, {"password", "correct horse 9"}}).status, 303);
  }
  static std::size_t count(const std::string& text, const std::string& part) {
    std::size_t times = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
    return times;
  }
  std::string first_code() {
    admin.open("/people/slips");
    std::string page = admin.send("/people/slips", {{"whom", "without_slip"}}).body;
    std::string mark = "<b class=\"secret\">";
    std::size_t begin = page.find(mark) + mark.size();
    return page.substr(begin, page.find('<', begin) - begin);
  }

  TestSchool school;
  Application application{school.ports, Settings{.public_base_url = "https://www.example.edu.cn/shide"}};
  Visitor admin{application}, teacher{application};
};

TEST_F(SlipRoutes, PrintASlipForEachWithItsPictureAndKeepThePageInNoCache) {
  admin.open("/people/slips");
  Response printed = admin.send("/people/slips", {{"whom", "without_slip"}});
  ASSERT_EQ(printed.status, 200);
  EXPECT_EQ(count(printed.body, "<svg class=\"qr\""), 3u);
  EXPECT_EQ(count(printed.body, "class=\"secret\""), 3u);
  EXPECT_THAT(printed.body, HasSubstr("https://www.example.edu.cn/shide/enter<"));
  EXPECT_EQ(header_of(printed, "cache-control"), "no-store");
  admin.open("/people/slips");
  EXPECT_EQ(admin.send("/people/slips", {{"whom", "without_slip"}}).status, 422) << "everybody has one now";
  EXPECT_EQ(admin.send("/people/slips", {{"whom", "all"}}).status, 422);
}

TEST_F(SlipRoutes, LeadFromTheCodeToAPasswordAndIn) {
  std::string code = first_code();
  teacher.open("/enter");
  Response to = teacher.send("/enter", {{"code", " " + code + " "}});
  ASSERT_EQ(to.status, 303);
  Response page = teacher.open("/enter/" + code);
  EXPECT_THAT(page.body, HasSubstr("何叶0401"));
  EXPECT_EQ(header_of(page, "referrer-policy"), "no-referrer") << "the address is the key";
  Response weak = teacher.send("/enter/" + code, {{"password", "short"}});
  EXPECT_EQ(weak.status, 422);
  EXPECT_THAT(weak.body, HasSubstr("aria-invalid"));
  EXPECT_THAT(weak.body, Not(HasSubstr("value=\"short\"")));
  EXPECT_EQ(teacher.send("/enter/" + code, {{"password", "A sentence of my own 7"}}).status, 303);
  EXPECT_EQ(teacher.open("/my").status, 200);
}

TEST_F(SlipRoutes, AUsedOrGuessedCodeTellsNothing) {
  std::string code = first_code();
  teacher.open("/enter/" + code);
  teacher.send("/enter/" + code, {{"password", "A sentence of my own 7"}});
  Visitor stranger{application};
  Response used = stranger.open("/enter/" + code), guessed = stranger.open("/enter/kRt7-Wm4x-Qz9p");
  EXPECT_EQ(used.status, 422);
  EXPECT_EQ(guessed.status, 422);
  EXPECT_THAT(used.body, Not(HasSubstr("何叶")));
  Response typed = stranger.send("/enter", {{"code", "kRt7-Wm4x-Qz9p"}});
  EXPECT_EQ(typed.status, 422);
  EXPECT_THAT(typed.body, HasSubstr("value=\"kRt7-Wm4x-Qz9p\"")) << "what was typed is kept";
}

}  // namespace
}  // namespace shide::web
