// Our public pages inside the theme of the school's site: its header and footer, our part kept to itself, and no script of theirs.
#include "web/theme.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/browser.h"
#include "support/plain_theme.h"
#include "support/section_school.h"
#include "web/session.h"
#include "workflow/theme.h"

namespace shide::web {
namespace {

using testing::Browser;
using testing::PlainTheme;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ThemedPages : public testing::SectionSchool {
 protected:
  ThemedPages() {
    auto made = std::make_unique<PlainTheme>();
    theme = made.get();
    school.ports.theme = std::move(made);
    post = published(digest());
    EXPECT_TRUE(workflow::keep_theme(school.ports));
    application = std::make_unique<Application>(school.ports, Settings{.theme_origins = {"https://site.example"}});
    stranger = std::make_unique<Browser>(*application, school.ports, "");
  }
  Id<model::Post> post;
  PlainTheme* theme = nullptr;
  std::unique_ptr<Application> application;
  std::unique_ptr<Browser> stranger;
};

TEST_F(ThemedPages, FaceAndPostStandBetweenTheSitesHeaderAndFooter_S2) {
  for (const std::string& path : {std::string("/"), "/posts/" + post.value}) {
    std::string page = stranger->get(path).body;
    std::size_t header = page.find("<header>site</header>"), own = page.find("<main id=\"main\">"), footer = page.find("<footer>foot</footer>");
    EXPECT_TRUE(header < own && own < footer && footer != std::string::npos) << path;
    EXPECT_THAT(page, AllOf(HasSubstr("<body class=\"page\">"), HasSubstr("class=\"shide-in-theme"), HasSubstr("https://site.example/theme.css"), HasSubstr("/shide/theme.css?v="),
                            HasSubstr("look-in-theme.css"), Not(HasSubstr("/look.css")), Not(HasSubstr("steal")), Not(HasSubstr("<style")), Not(HasSubstr("<script"))));
  }
  EXPECT_THAT(stranger->get("/theme.css").body, HasSubstr(".x{color:red}"));
}

TEST_F(ThemedPages, StylesAndPicturesMayComeFromTheSiteScriptsNever) {
  std::string policy(header_of(stranger->get("/"), "content-security-policy"));
  EXPECT_THAT(policy, AllOf(HasSubstr("style-src 'self' https://site.example;"), HasSubstr("img-src 'self' data: https://site.example;"), HasSubstr("font-src 'self' data: https://site.example;"),
                            HasSubstr("script-src 'self';"), Not(HasSubstr("unsafe"))));
}

TEST_F(ThemedPages, PagesOfTheStaffKeepOurOwnLookAndOurOwnPolicy) {
  Browser editor(*application, school.ports, "union_editor");
  Response page = editor.get("/editor");
  EXPECT_THAT(page.body, AllOf(Not(HasSubstr("<header>site</header>")), HasSubstr("/look.css")));
  EXPECT_THAT(std::string(header_of(page, "content-security-policy")), Not(HasSubstr("site.example")));
}

TEST_F(ThemedPages, ASiteThatIsDownLeavesOurOwnLook) {
  theme->page = Error{ErrorCode::kUnavailable, {"http_out.no_answer"}};
  school.clock->advance(4 * kMinute);
  EXPECT_TRUE(workflow::keep_theme(school.ports));
  Response page = stranger->get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, AllOf(HasSubstr("/look.css"), Not(HasSubstr("<header>site</header>")), Not(HasSubstr("shide-in-theme"))));
  EXPECT_EQ(stranger->get("/theme.css").status, 404);
}

TEST(ScopedLook, KeepsEveryRuleInside) {
  EXPECT_EQ(scoped_look("a, b > c { d: e }", "x"), ".x a, .x b > c { d: e }\n");
  EXPECT_EQ(scoped_look(":root{--a:b} html.large p{c:d} body{e:f} body.big .g{h:i}", "x"), ".x {--a:b}\n.x.large p {c:d}\n.x {e:f}\n.x.big .g {h:i}\n");
  EXPECT_EQ(scoped_look("@media print { a{b:c} } /* d{e:f} */ @page { margin: 1cm }", "x"), "@media print{.x a {b:c}\n}\n@page{ margin: 1cm }\n");
  EXPECT_EQ(scoped_look(":is(h1, h2) i{j:k} .q::before{content:\"}\"}", "x"), ".x :is(h1, h2) i {j:k}\n.x .q::before {content:\"}\"}\n");
  EXPECT_EQ(scoped_look("htmlx{a:b}", "x"), ".x htmlx {a:b}\n");
}

TEST(InShell, APageThatIsNotOursStaysAsItIs) {
  EXPECT_EQ(in_shell("<p>no head</p>", {}, "a", "b"), "<p>no head</p>");
}

TEST(InShell, WhatTheShellNamesIsEscaped) {
  model::ThemeShell shell;
  shell.stylesheets = "screen and (min-width: 9px) https://a.example/?b=1&c=\"";
  shell.body_class = "x\"><script>";
  std::string page = in_shell("<head><link rel=\"stylesheet\" href=\"/look.css\"></head><body class=\"own\">p</body></html>", shell, "s", "l");
  EXPECT_THAT(page, AllOf(HasSubstr("href=\"https://a.example/?b=1&amp;c=&quot;\" media=\"screen and (min-width: 9px)\""), HasSubstr("<body class=\"x&quot;&gt;&lt;script&gt;\">"),
                          HasSubstr("<div class=\"shide-in-theme own\">p</div>")));
}

}  // namespace
}  // namespace shide::web
