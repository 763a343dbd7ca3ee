// Templates, their values and sentences, the frame around every page, and the parts of forms.
#include "web/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "base/resource.h"
#include "support/fixed_clock.h"
#include "web/fields.h"
#include "web/frame.h"
#include "web/parts.h"

namespace shide::web {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

FrameParts a_frame(Language language = Language::kChinese) {
  FrameParts parts{.language = language, .demo = true, .now = shide::testing::FixedClock().now(), .mount_prefix = "/shide", .csrf = "token"};
  parts.school.name = "云陵市桐湖区青榆小学";
  parts.school.short_name = "青榆小学";
  parts.school.site_name = "工会网";
  parts.school.site_url = "/";
  parts.school.breadcrumb = "桐湖教育专题网站|https://example.org/\n青榆小学|/\n工会网|/union\n工会活动";
  parts.school.section_name = "师德师风活动";
  parts.actor.account = {"a"};
  parts.actor.name = "赵文澜";
  parts.actor.roles = {model::Role::kTeacher, model::Role::kUnionEditor};
  parts.other_language_address = "/shide/?lang=en";
  parts.bar = {{"部件", "/shide/kit", true, 0}, {"审阅", "/shide/review", false, 2}};
  return parts;
}

json an_error_view(Language language = Language::kChinese) {
  json view = frame_view(a_frame(language));
  view.update({{"title", "t"}, {"sentence", "s"}, {"problems", json::array()}, {"request_id", nullptr}});
  return view;
}

TEST(Templates, AllLoadAndEveryTextCodeHasItsSentenceInBothLanguages) {
  EXPECT_THAT(template_errors(), IsEmpty());
  EXPECT_THAT(template_names(), ::testing::IsSupersetOf({"error", "kit"}));
}

TEST(Templates, CarryNoStyleOrScriptOfTheirOwn) {
  int seen = 0;
  for (std::string_view path : resources("plugin/web/templates/")) {
    std::string text(*resource(path));
    for (const char* word : {"<style", " style=", "<script>", " onclick=", "javascript:"}) EXPECT_EQ(text.find(word), std::string::npos) << path << " " << word;
    ++seen;
  }
  EXPECT_GE(seen, 20);
}

TEST(Page, EscapesEveryValueForItsPlace) {
  json view = an_error_view();
  view["sentence"] = "<script>alert(1)</script>";
  view["other_language_address"] = "javascript:alert(1)";
  view["lang"] = "\"><u>";
  std::string page = render_page("error", Language::kChinese, view);
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)"));
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, Not(HasSubstr("javascript:")));
  EXPECT_THAT(page, Not(HasSubstr("<u>")));
}

TEST(Page, ListsHoldPlainValuesAndHideWhenEmpty) {
  json view = an_error_view();
  EXPECT_THAT(render_page("error", Language::kChinese, view), Not(HasSubstr("<p></p>")));
  view["problems"] = {"一", "二"};
  EXPECT_THAT(render_page("error", Language::kChinese, view), HasSubstr("<p>一</p><p>二</p>"));
}

TEST(Page, TellsWhichValuesTheViewForgot) {
  std::vector<std::string> unknown;
  render_page("error", Language::kChinese, an_error_view(), &unknown);
  EXPECT_THAT(unknown, IsEmpty());
  json view = an_error_view();
  view.erase("sentence");
  render_page("error", Language::kChinese, view, &unknown);
  EXPECT_THAT(unknown, ::testing::ElementsAre("sentence"));
}

TEST(Page, ATemplateThatDoesNotExistIsABug) { EXPECT_THROW(render_page("nothing", Language::kChinese, {}), std::logic_error); }

TEST(Page, IsTheSameFromManyThreads) {
  std::string expected = render_page("error", Language::kEnglish, an_error_view(Language::kEnglish));
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 100; ++n) wrong += render_page("error", Language::kEnglish, an_error_view(Language::kEnglish)) != expected;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Frame_S1, NamesTheSchoolTheSite_S2_AndTheWayThere_S3) {
  std::string page = render_page("error", Language::kChinese, an_error_view());
  EXPECT_THAT(page, HasSubstr("<a href=\"/\">云陵市桐湖区青榆小学 · 工会网</a>"));
  EXPECT_THAT(page, HasSubstr("<li><a href=\"/union\">工会网</a></li><li>工会活动</li><li aria-current=\"page\">师德师风活动</li>"));
  EXPECT_THAT(page, HasSubstr("今天是2021年1月24日（周日）20:30"));
  EXPECT_THAT(page, HasSubstr("<b><a href=\"/shide/account\">赵文澜</a></b>工会编辑"));
  EXPECT_THAT(page, HasSubstr("<a href=\"/shide/kit\" aria-current=\"page\">部件</a>"));
  EXPECT_THAT(page, HasSubstr("审阅 2"));
  EXPECT_THAT(page, HasSubstr("lang=\"en\" hreflang=\"en\">English</a>"));
}

TEST(Frame, ASixthWordGoesUnderMore) {
  FrameParts parts = a_frame();
  parts.bar.assign(6, {"词", "/shide/x", false, 0});
  json view = frame_view(parts);
  EXPECT_EQ(view["bar"].size(), 5u);
  EXPECT_EQ(view["more"].size(), 1u);
}

TEST(Frame, StrangersAreNotShownANameOrAToken) {
  FrameParts parts = a_frame();
  parts.actor = {};
  json view = frame_view(parts);
  EXPECT_TRUE(view["who"].is_null());
  EXPECT_EQ(view["session_csrf"], "");
}

TEST(Fields, KeepWhatWasTypedAndTieTheErrorToItsField) {
  Form typed;
  typed.add("visited_at", "2021年2月30日");
  typed.add("topics", "policy");
  std::vector<Problem> problems = {{"visited_at", {"form.not_text"}}};
  Fields fields(Language::kChinese, typed, problems);
  json text = fields.text("visited_at", "kit.visited_at", {.value = "2021年1月23日"});
  EXPECT_EQ(text["value"], "2021年2月30日");
  EXPECT_EQ(text["described"], "visited_at-help visited_at-error");
  EXPECT_EQ(text["wrong"], true);
  json boxes = fields.boxes("topics", "kit.topics", {{"policy", {"kit.submit"}}, {"method", {"kit.code"}}}, {"method"});
  EXPECT_EQ(boxes["options"][0]["chosen"], true);
  EXPECT_EQ(boxes["options"][1]["chosen"], false);
  EXPECT_EQ(fields.summary()["items"][0]["id"], "visited_at");
}

TEST(Fields, NeverSendAPasswordBack) {
  Form typed;
  typed.add("password", "secret");
  std::vector<Problem> problems;
  EXPECT_EQ(Fields(Language::kChinese, typed, problems).text("password", "kit.club", {.type = "password"})["value"], "");
}

TEST(Parts, WidthsAreWholePerCentsWithinTheBar) {
  EXPECT_EQ(width_class(5, 6), "w-83");
  EXPECT_EQ(width_class(7, 6), "w-100");
  EXPECT_EQ(width_class(0, 0), "w-0");
  std::string sheet(*resource("plugin/web/assets/look.css"));
  for (int n = 0; n <= 100; ++n) EXPECT_THAT(sheet, HasSubstr(".w-" + std::to_string(n) + " { width: " + std::to_string(n) + "%; }"));
}

// ctemplate's ordinary escaping makes one blank of a line break; a note would lose its paragraphs with every save.
TEST(TextArea, KeepsTheLinesOfWhatWasTyped) {
  Fields fields(Language::kChinese);
  json view = {{"title", "t"}, {"preparation", fields.area("preparation", "preparation.field", {.value = "一\n\n<b>二"})}};
  EXPECT_THAT(render_page("preparation", Language::kChinese, view), ::testing::HasSubstr("一\n\n&lt;b&gt;二</textarea>"));
}

}  // namespace
}  // namespace shide::web
