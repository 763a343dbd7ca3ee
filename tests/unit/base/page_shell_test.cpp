// A foreign page cut open: what could act is gone, what is left is well formed around our page.
#include "base/page_shell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/refusal.h"

namespace shide {
namespace {

using testing::refusal;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kAddress = "https://www.example.edu.cn/wp/?shide_bridge=shell";

PageShell cut(const std::string& page) {
  auto shell = cut_shell(page, kAddress, "here");
  EXPECT_TRUE(shell) << refusal(shell);
  return shell ? *shell : PageShell{};
}
PageShell cut_body(const std::string& body) { return cut("<!doctype html><html><head><title>t</title></head><body>" + body + "<div id=\"here\"></div></body></html>"); }

/// A value may tell of anything: <p title="onclick">
std::string without_values(std::string_view markup) {
  std::string out;
  bool in_tag = false, in_value = false;
  for (char c : markup) {
    if (!in_value && c == '<') in_tag = true;
    if (in_tag && c == '"') in_value = !in_value;
    if (in_tag && !in_value) out += c;
    if (!in_value && c == '>') in_tag = false;
  }
  return out;
}

TEST(PageShell, OpensAtTheMarkerAndClosesBelowIt) {
  PageShell shell = cut("<!doctype html><html><head></head><body class=\"home page\"><header>校名</header><div class=\"a\"><p>b</p><div id=\"here\">old</div><p>c</p></div><footer>d</footer></body></html>");
  EXPECT_EQ(shell.top, "<header>校名</header><div class=\"a\"><p>b</p>");
  EXPECT_EQ(shell.bottom, "<p>c</p></div><footer>d</footer>");
  EXPECT_EQ(shell.body_class, "home page");
}

TEST(PageShell, AnAncestorIsNoMainPartAnyMore) {
  PageShell shell = cut("<body><main id=\"m\"><div id=\"here\"></div></main></body>");
  EXPECT_EQ(shell.top, "<div id=\"m\">");
  EXPECT_EQ(shell.bottom, "</div>");
}

TEST(PageShell, NothingThatActsIsLeft) {
  for (const char* evil : {
           "<script>alert(1)</script>", "<script src=//evil.example/x.js></script>", "<img src=x onerror=alert(1)>", "<svg><script>alert(1)</script></svg>",
           "<svg onload=alert(1)></svg>", "<a href=\"javascript:alert(1)\">x</a>", "<a href=\" java\nscript:alert(1)\">x</a>", "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
           "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "<iframe src=\"https://a.example\"></iframe>", "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
           "<object data=x></object>", "<embed src=x>", "<base href=\"https://evil.example/\">", "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
           "<form action=\"javascript:alert(1)\"><input type=submit></form>", "<button formaction=\"javascript:alert(1)\">x</button>", "<input type=password name=p>",
           "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>", "<template><script>alert(1)</script></template>", "<math><mtext><script>alert(1)</script></mtext></math>",
           "<a xlink:href=\"javascript:alert(1)\">x</a>", "<svg><animate attributeName=href values=javascript:alert(1)></animate></svg>", "<video src=x onplay=alert(1)></video>",
           "<!--<script>alert(1)</script>-->", "<p style=\"behavior:url(javascript:alert(1))\">x</p>", "<x onclick=alert(1)>y</x>", "<body onload=alert(1)>", "<link rel=import href=x>"}) {
    PageShell shell = cut_body(evil);
    std::string left = shell.top + shell.bottom;
    for (const char* word : {"<script", "onerror", "onload", "onclick", "onplay", "javascript:", "java", "<iframe", "<object", "<embed", "<base", "<meta", "srcdoc", "formaction", "password", "text/html", "<link", "<template", "<!--", "<animate"}) {
      EXPECT_THAT(left, Not(HasSubstr(word))) << evil;
    }
  }
}

TEST(PageShell, OfAnElementNobodyKnowsOnlyTheWordsStay) {
  EXPECT_EQ(cut_body("<my-menu open><p>a</p></my-menu><marquee>b</marquee>").top, "<p>a</p>b");
  EXPECT_EQ(cut_body("<xmp><p>a</p></xmp><noembed>b</noembed>").top, "");
}

TEST(PageShell, WordsStayWords) {
  PageShell shell = cut_body("<p title=\"a &quot;b&quot; &lt;i&gt;\">1 &lt; 2 &amp; 3</p>");
  EXPECT_EQ(shell.top, "<p title=\"a &quot;b&quot; &lt;i&gt;\">1 &lt; 2 &amp; 3</p>");
}

TEST(PageShell, AddressesBecomeWholeOnes) {
  PageShell shell = cut_body("<a href=\"/a\">1</a><a href=\"b/c\">2</a><a href=\"//d.example/e\">3</a><a href=\"#f\">4</a><a href=\"https://g.example/?h=1&amp;i\">5</a><img src=\"j.png\" srcset=\"k.png 1x, /l.png 2x\" alt=\"\">");
  EXPECT_THAT(shell.top, AllOf(HasSubstr("\"https://www.example.edu.cn/a\""), HasSubstr("\"https://www.example.edu.cn/wp/b/c\""), HasSubstr("\"https://d.example/e\""), HasSubstr("\"#f\""),
                               HasSubstr("\"https://g.example/?h=1&amp;i\""), HasSubstr("\"https://www.example.edu.cn/wp/j.png\""),
                               HasSubstr("\"https://www.example.edu.cn/wp/k.png 1x, https://www.example.edu.cn/l.png 2x\"")));
}

TEST(PageShell, StylesheetsAreNamedAndStylesCollected) {
  PageShell shell = cut("<html><head><link rel=stylesheet href=/a.css media=print><link rel='stylesheet' href='b.css?v=1&amp;w'><link rel=icon href=c.ico><link rel='alternate stylesheet' href=d.css>"
                        "<style>.e{background:url(f.png)}</style><style media='(min-width:9px)'>.g{h:i}</style></head><body><p style=\"color:red\">j</p><p style=\"k:l}*{m:n\">o</p><div id=here></div></body></html>");
  EXPECT_THAT(shell.stylesheets, ElementsAre(PageShell::Stylesheet{"print", "https://www.example.edu.cn/a.css"}, PageShell::Stylesheet{"all", "https://www.example.edu.cn/wp/b.css?v=1&w"}));
  EXPECT_THAT(shell.style, AllOf(HasSubstr(".e{background:url(https://www.example.edu.cn/wp/f.png)}"), HasSubstr("@media (min-width:9px){.g{h:i}}"), HasSubstr("[data-shell=\"1\"]{color:red}"), Not(HasSubstr("m:n"))));
  EXPECT_EQ(shell.top, "<p data-shell=\"1\">j</p><p>o</p>");
}

TEST(PageShell, BrokenMarkupIsClosed) {
  PageShell shell = cut("<body><div><ul><li>a<li>b<div id=here></div><p>c");
  std::string whole = shell.top + shell.bottom;
  for (const char* tag : {"div", "ul", "p"}) {
    EXPECT_EQ(whole.find(std::string("<") + tag) != std::string::npos, whole.find(std::string("</") + tag + ">") != std::string::npos) << tag << " in " << whole;
  }
}

TEST(PageShell, WithoutAMarkerOrTooLargeItIsRefused) {
  EXPECT_EQ(refusal(cut_shell("<body><p>a</p></body>", kAddress, "here")), "theme.no_marker");
  EXPECT_EQ(refusal(cut_shell("", kAddress, "here")), "theme.no_marker");
  EXPECT_EQ(refusal(cut_shell(std::string(3000, '\xff'), kAddress, "here")), "theme.no_marker");
  std::string large = "<body><p>" + std::string(kMostShellBytes + 1, 'a') + "</p><div id=here></div></body>";
  EXPECT_EQ(refusal(cut_shell(large, kAddress, "here")), "theme.too_large");
}

// What we wrote is read again as we meant it: nothing comes to life on a second reading, whatever the page was.
TEST(PageShell, ASecondReadingFindsNothingNew) {
  const char* pieces[] = {"<div>", "</div>", "<p title=\"", "\">", "'", "\"", "<", ">", "&", "&lt;script&gt;", "&#60;script>", "<svg>", "</svg>", "<math>", "<style>", "</style>", "<title>", "</title>", "<script>", "</script>",
                          "<!--", "-->", "<![CDATA[", "]]>", "<a href=javascript:x>", "<img src=x onerror=y>", "<table>", "<tr><td>", "</table>", "<select>", "<option>", "<noscript>", "</noscript>", "<textarea>", "</textarea>",
                          "<plaintext>", "<xmp>", "</xmp>", "<form>", "</form>", "<iframe>", "</iframe>", "<br/", "onclick=z ", "style=\"a:b\" ", "\x01", "\xc3\x28", "\xe5\xb8\x88", "<li>", "<ul>", "</ul>", "<b><i></b></i>"};
  std::uint64_t state = 20210124;
  auto next = [&](std::size_t below) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  int cut_open = 0;
  for (int page = 0; page < 3000; ++page) {
    std::string body = "<body>";
    std::size_t marker = next(20);
    for (std::size_t i = 0; i < 20; ++i) body += i == marker ? "<div id=here></div>" : pieces[next(std::size(pieces))];
    auto first = cut_shell(body, kAddress, "here");
    if (!first) continue;
    ++cut_open;
    std::string left = first->top + first->bottom;
    for (const char* word : {"<script", "<style", "<iframe", "<noscript", "<math", "<plaintext", "<xmp", "<!--", "<textarea", "<select", "=\"javascript:"}) EXPECT_THAT(left, Not(HasSubstr(word))) << body;
    EXPECT_THAT(without_values(left), Not(::testing::ContainsRegex(" on[a-z]+"))) << body;
    auto second = cut_shell("<body>" + first->top + "<div id=\"here\"></div>" + first->bottom + "</body>", kAddress, "here");
    ASSERT_TRUE(second) << body;
    EXPECT_EQ(second->top + second->bottom, left) << body;
  }
  EXPECT_GT(cut_open, 1000);
}

TEST(PageShell, NestingHasNoEndForUs) {
  std::string deep;
  for (int i = 0; i < 20000; ++i) deep += "<div>";
  auto shell = cut_shell("<body>" + deep + "<div id=here></div>", kAddress, "here");
  SUCCEED() << "libxml2 may give up, we do not fall over: " << refusal(shell);
  EXPECT_TRUE(shell || refusal(shell) == "theme.no_marker" || refusal(shell) == "theme.too_large");
}

}  // namespace
}  // namespace shide
