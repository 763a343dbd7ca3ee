// Leaks are planted in every place that is served, and each is seen: page, feed, search, API, source, picture (D1, S98).
#include "workflow/watch_public_face.h"

#include <gmock/gmock.h>

#include <functional>
#include <map>

#include "support/section_school.h"
#include "web/own_pages.h"
#include "workflow/public_tasks.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using testing::SectionSchool;
using model::Post;
using model::PostState;
using ports::PublicAnswer;

/// The school's site: what is not planted is an empty page.
class PlantedSite : public ports::PublicHost {
 public:
  std::string root() const override { return "https://www.example.edu.cn/shide"; }
  std::vector<std::string> other_addresses() const override { return {"https://www.example.edu.cn/?s=家访", "https://www.example.edu.cn/api/posts"}; }
  Result<PublicAnswer> get(std::string_view address) override {
    asked.emplace_back(address);
    if (on_ask) on_ask();
    if (is_silent) return Error{ErrorCode::kUnavailable, {"http_out.no_answer"}};
    auto planted = pages.find(std::string(address));
    return planted == pages.end() ? PublicAnswer{200, "text/html", "<p>没有什么</p>"} : planted->second;
  }
  std::map<std::string, PublicAnswer> pages;
  std::vector<std::string> asked;
  std::function<void()> on_ask;
  bool is_silent = false;
};

class Watch : public SectionSchool {
 protected:
  Watch() {
    school.ports.public_hosts.push_back(std::make_unique<PlantedSite>());
    site = static_cast<PlantedSite*>(school.ports.public_hosts.back().get());
  }
  void plant(const std::string& address, const std::string& type, const std::string& bytes) { site->pages[address] = {200, type, bytes}; }
  int watch() {
    school.clock->advance(kWatchEvery);
    auto told = watch_public_face(school.ports);
    EXPECT_TRUE(told);
    return told.ok() ? *told : -1;
  }
  /// Address and what was found of every open task.
  std::map<std::string, std::string> tasks() {
    std::map<std::string, std::string> all;
    auto open = open_public_tasks(school.ports, school.office);
    for (const auto& task : *open) all[task.address] = task.found;
    return all;
  }
  PlantedSite* site = nullptr;
  const std::string root = "https://www.example.edu.cn/shide";
};

using Watch_S98_D1 = Watch;

TEST_F(Watch_S98_D1, ACleanFaceTellsNothing) {
  published(digest());
  EXPECT_EQ(watch(), 0);
  EXPECT_THAT(tasks(), IsEmpty());
}

TEST_F(Watch_S98_D1, ALeakOnAPostsPageWithdrawsItAtOnceAndTellsTheOffice) {
  Id<Post> id = published(digest());
  plant("/posts/" + id.value, "text/html", "<h1>先说优点</h1><p>丁小满的家</p>");
  EXPECT_EQ(watch(), 1);
  EXPECT_EQ(state_of(id), PostState::kWithdrawn);
  EXPECT_THAT(tasks(), ElementsAre(Pair(root + "/posts/" + id.value, "student_name 1")));
  EXPECT_EQ(school.rows<model::PublicTask>().front().post_id, id);
  EXPECT_THAT(post_at_work(school.ports, school.editor, id)->withdrawn_reason, Not(HasSubstr("丁小满")));
}

TEST_F(Watch_S98_D1, IsSeenInEveryPlace) {
  plant("/", "text/html; charset=utf-8", "<p>丁<b>小</b>满</p><img src=\"/x.jpg\"><a href=\"" + root + "/photo/1.jpg\">照片</a><a href=\"https://elsewhere.example/\">别处</a>");
  plant("/feed.xml", "application/atom+xml", "<feed><entry><summary>&#19969;小满</summary></entry></feed>");
  plant("https://www.example.edu.cn/?s=家访", "text/html", "<p>搜索结果</p><!-- author: 丁小满 -->");
  plant("https://www.example.edu.cn/api/posts", "application/json", R"({"title":"\u4e01\u5c0f\u6ee1"})");
  plant("/photo/1.jpg", "image/jpeg", "JPEG:desk;taken at home");
  EXPECT_EQ(watch(), 5);
  EXPECT_THAT(tasks(), ElementsAre(Pair("https://www.example.edu.cn/?s=家访", "student_name 1"), Pair("https://www.example.edu.cn/api/posts", "student_name 1"), Pair(root + "/", "student_name 1"),
                                   Pair(root + "/feed.xml", "student_name 1"), Pair(root + "/photo/1.jpg", "photo_traces 1")));
}

TEST_F(Watch_S98_D1, IsSeenInTheSource) {
  for (const char* source : {"<p title=\"丁小满\">x</p>", "<script>var who = \"\\u4e01\\u5c0f\\u6ee1\";</script>", "<a href=\"/s?q=%E4%B8%81%E5%B0%8F%E6%BB%A1\">x</a>", "<meta content='丁小满'>",
                             "<input type=hidden value=丁小满>", "<style>/* 丁小满 */</style>", "<template>丁小满</template>"}) {
    plant("/", "text/html", source);
    EXPECT_EQ(watch(), 1) << source;
  }
}

TEST_F(Watch_S98_D1, IsSeenAmongTheBytesOfAPicture) {
  plant("/", "text/html", "<img src=\"" + root + "/p.png\">");
  plant("/p.png", "image/png", "\x89PNG tEXt 丁小满 \xFF");
  EXPECT_EQ(watch(), 1);
  EXPECT_THAT(tasks(), ElementsAre(Pair(root + "/p.png", "student_name 1")));
}

TEST_F(Watch_S98_D1, OnlyWhatLiesBelowTheSectionIsFollowed) {
  plant("/", "text/html", "<a href=\"" + root + "/a#top\">a</a><a href=\"" + root + "/a\">a</a><a href=\"https://www.example.edu.cn/other\">x</a><a href=\"https://www.example.edu.cn/shidex\">x</a><a href=\"/shide/b\">b</a><a href=\"/shidex/c\">c</a>");
  watch();
  EXPECT_THAT(site->asked, ElementsAre("/posts/" + school.rows<Post>().front().id.value, "/", "/feed.xml", "https://www.example.edu.cn/?s=家访", "https://www.example.edu.cn/api/posts", "/a", "/b")) << "each once";
}

TEST_F(Watch_S98_D1, AHostThatIsSilentOrSlowDoesNotHoldUpTheOutbox) {
  published(digest());
  site->asked.clear();
  site->is_silent = true;
  EXPECT_EQ(watch(), 0);
  EXPECT_EQ(site->asked.size(), 1u) << "asked once, then next time";
  site->is_silent = false;
  site->asked.clear();
  site->on_ask = [&] { school.clock->advance(kLongestRound / 2); };
  EXPECT_EQ(watch(), 0);
  EXPECT_EQ(site->asked.size(), 2u) << "what time allows";
}

TEST_F(Watch_S98_D1, LooksAgainWhenItIsTimeNotBefore) {
  watch();
  std::size_t asked = site->asked.size();
  EXPECT_EQ(*watch_public_face(school.ports), 0);
  EXPECT_EQ(site->asked.size(), asked);
  watch();
  EXPECT_EQ(site->asked.size(), 2 * asked);
}

TEST_F(Watch_S98_D1, APostIsLookedAtAsSoonAsItIsPublished) {
  Id<Post> id = in_review(digest());
  plant("/posts/" + id.value, "text/html", "<p>丁小满</p>");
  ASSERT_TRUE(approve(id));
  school.run_jobs();
  EXPECT_EQ(state_of(id), PostState::kWithdrawn) << "no round was due";
  EXPECT_EQ(tasks().size(), 1u);
}

TEST_F(Watch_S98_D1, TheDigitsOfAnIdAreNobodysNumber) {
  Id<Post> id = published(digest());
  plant("/posts/" + id.value, "text/html", "<a href=\"/shide/posts/0176f941-aeff-7123-9410-1205678abcde\">-</a><input type=\"hidden\" name=\"csrf\" value=\"ab712394101205678abcdefabcdefabc\"><id>urn:uuid:0176f941-aeff-7123-9410-1205678abcde</id>");
  EXPECT_EQ(watch(), 0);
  plant("/posts/" + id.value, "text/html", "<a href=\"/shide/posts/0176f941-aeff-7123-9410-1205678abcde\" title=\"712394101205678\">-</a>");
  EXPECT_EQ(watch(), 1) << "a number that stands for itself is one";
}

TEST_F(Watch_S98_D1, WhoJoinsTheRegisterIsSeenOnWhatStandsThere) {
  Id<Post> id = published(digest());
  plant("/posts/" + id.value, "text/html", "<p>花小朵说</p>");
  EXPECT_EQ(watch(), 0);
  model::Student pupil = school.students[0];
  pupil.name = pupil.student_number = "花小朵";
  school.add(pupil);
  EXPECT_EQ(watch(), 1);
  EXPECT_EQ(state_of(id), PostState::kWithdrawn);
}

using OwnPages_S98_D1 = SectionSchool;

TEST_F(OwnPages_S98_D1, WhatWeServeOurselvesIsLookedAtWithoutCountingAView) {
  web::Application application(school.ports, {});
  school.ports.public_hosts.push_back(std::make_unique<web::OwnPages>(application, "/shide"));
  Id<Post> id = published(digest());
  std::int64_t views = *open_post(school.ports, visitor(), id)->views;
  school.clock->advance(kWatchEvery);
  ASSERT_EQ(*watch_public_face(school.ports), 0) << school.rows<model::PublicTask>().front().address << " " << school.rows<model::PublicTask>().front().found;
  EXPECT_EQ(open_post(school.ports, visitor(), id)->views, views);
  // As a fault in a later version might let it through, whatever Clearance says.
  school.amend<Post>([&](Post& post) { return post.body += "\n\n丁小满。", post.id == id; });
  school.clock->advance(kWatchEvery);
  EXPECT_EQ(*watch_public_face(school.ports), 1);
  EXPECT_EQ(state_of(id), PostState::kWithdrawn);
}

}  // namespace
}  // namespace shide::workflow
