// What other sites get of a post, and what makes two copies the same.
#include "ports/publisher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide::ports {
namespace {

model::Post a_post() {
  model::Post post;
  post.title = "先说优点";
  post.quote = "“先说优点”";
  post.body = "一段 <b>。\n\n二段 & 三段。";
  post.source = "本站原创";
  post.publisher = "林婉如";
  return post;
}

TEST(Copy_S6_S7, IsPlainTagsWithSourceAndPublisherAtItsEnd) {
  EXPECT_EQ(copy_html(a_post()), "<p><strong>“先说优点”</strong></p>\n<p>一段 &lt;b&gt;。</p>\n<p>二段 &amp; 三段。</p>\n<p>来源：本站原创　发布人：林婉如</p>\n");
  EXPECT_EQ(copy_name({"018f"}), "shide-018f");
}

TEST(CopyDigest, IsTheSameWhateverASiteDoesToBlanksAndTags) {
  std::string sent = copy_digest("先说优点", copy_html(a_post()));
  EXPECT_EQ(copy_digest(" 先说优点 ", "<div><p><b>“先说优点”</b></p>\r\n\r\n<p>一段&nbsp;&#60;b&#62;。</p><p>二段 &#38; 三段。</p><p>来源：本站原创 发布人：林婉如</p></div>"), sent);
}

TEST(CopyDigest, TellsAChangedWordALinkAndWhatOnlyTheSourceSays) {
  std::string html = copy_html(a_post()), sent = copy_digest("先说优点", html);
  EXPECT_NE(copy_digest("先说优点！", html), sent);
  EXPECT_NE(copy_digest("先说优点", html + "<p>王</p>"), sent);
  EXPECT_NE(copy_digest("先说优点", html + "<img src=\"/a.jpg\">"), sent);
  EXPECT_NE(copy_digest("先说优点", html + "<!-- 王小明 -->"), sent);
}

}  // namespace
}  // namespace shide::ports
