// The page with every part once. SHIDE_KIT_DIR names a folder to write kit.html and look.css into, to be looked at in a browser.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/resource.h"
#include "base/text.h"
#include "support/fixed_clock.h"
#include "web/fields.h"
#include "web/frame.h"
#include "web/page.h"
#include "web/parts.h"

namespace shide::web {
namespace {

json kit_view(Language language) {
  FrameParts frame{.language = language, .demo = true, .now = shide::testing::FixedClock().now(), .csrf = "token"};
  frame.school.name = "云陵市桐湖区青榆小学";
  frame.school.short_name = "青榆小学";
  frame.school.site_name = "工会网";
  frame.school.site_url = "/";
  frame.school.breadcrumb = "桐湖教育专题网站|/\n青榆小学|/\n专题列表|/\n工会网|/\n工会活动|/";
  frame.school.section_name = "师德师风活动";
  frame.actor.account = {"a"};
  frame.actor.name = "赵文澜";
  frame.actor.roles = {model::Role::kUnionEditor};
  frame.other_language_address = "/?lang=en";
  frame.bar = {{"部件", "/kit", true, 0}};
  json view = frame_view(frame);

  Form typed;
  typed.add("visited_at", "2021年2月30日 15:00");
  typed.add("mode", "home");
  typed.add("topics", "policy");
  typed.add("reason", "请补一句商量出的办法。");
  std::vector<Problem> problems = {{"visited_at", {"field.no_such_day"}}};
  Fields fields(language, typed, problems);
  view["title"] = say({"kit.title"}, language);
  view["errors"] = fields.summary();
  view["chips"] = {chip(ChipState::kOpen, "未开始"), chip(ChipState::kNow, "进行中"), chip(ChipState::kDone, "已走访"), chip(ChipState::kBad, "已退回"),
                   chip(ChipState::kNotApplicable, "不适用")};
  view["clash"] = note(Tone::kBad, "“家访过程”有两份。", "叶青 20:30 改过，您 20:31 也改过。两份都在。");
  view["steps"] = {step(Progress::kDone, "选定", "1月18日 · 年级组已汇总"), step(Progress::kNow, "记录", "三人共写一份"), step(Progress::kLater, "审阅", "年级组长 周静宜")};
  view["visited_at"] = fields.text("visited_at", "kit.visited_at");
  view["mode"] = fields.choices("mode", "kit.mode", {{"home", {"kit.submit"}}, {"phone", {"kit.not_yet"}}}, "");
  view["topics"] = fields.boxes("topics", "kit.topics", {{"policy", {"kit.voice"}}, {"method", {"kit.code"}}}, {}, {.optional = true});
  view["club"] = fields.select("club", "kit.club", {{"a", {"kit.voice"}}, {"b", {"kit.code"}}}, "b");
  view["photo"] = fields.file("photo", "kit.photo", "image/jpeg,image/png");
  view["facts"] = {fact("监护人", "丁建平（父亲）"), masked_fact("联系方式", "138****0000", "/kit?show=1")};
  view["reason"] = fields.area("reason", "kit.reason.where", {.rows = 2});
  view["nothing"] = empty_state("还没有要审阅的记录", "老师上交后会出现在这里。上次有新记录：今天 18:52。");
  view["groups"] = json::array();
  for (auto [name, count] : {std::pair{"一年级", 6}, {"二年级", 5}, {"六年级", 4}}) {
    view["groups"].push_back({{"name", name}, {"visited", count}, {"width", width_class(count, 6)}});
  }
  view["voice"] = voice("作业多不多，我们心里没数。", {.answer = "每周五公布下周作业总量，三年级先试。"});
  return view;
}

TEST(Kit, ShowsEveryPartAndForgetsNoValue) {
  for (Language language : {Language::kChinese, Language::kEnglish}) {
    std::vector<std::string> unknown;
    std::string page = render_page("kit", language, kit_view(language), &unknown);
    EXPECT_THAT(unknown, ::testing::IsEmpty());
    EXPECT_THAT(page, ::testing::HasSubstr("aria-describedby=\"visited_at-help visited_at-error\" aria-invalid=\"true\""));
    EXPECT_THAT(page, ::testing::HasSubstr("value=\"2021年2月30日 15:00\""));
    EXPECT_THAT(page, ::testing::HasSubstr("<a href=\"#visited_at\">"));
    EXPECT_THAT(page, ::testing::Not(::testing::HasSubstr("[[")));
    if (const char* folder = std::getenv("SHIDE_KIT_DIR")) {
      page = replace_all(std::move(page), kit_view(language)["look_address"].get<std::string>(), "look.css");
      std::ofstream(std::string(folder) + "/kit-" + std::string(language_tag(language)) + ".html") << page;
      std::ofstream(std::string(folder) + "/look.css") << *resource("plugin/web/assets/look.css");
    }
  }
}

}  // namespace
}  // namespace shide::web
