#include "workflow/demo_photo.h"

#include <gtest/gtest.h>

#include <set>

#include "base/digest.h"

namespace shide::workflow {
namespace {

TEST(DemoPhoto, TheSameSeedGivesTheSamePicture) {
  EXPECT_EQ(sha256_hex(draw_demo_photo(7)), sha256_hex(draw_demo_photo(7)));
  EXPECT_NE(sha256_hex(draw_demo_photo(7)), sha256_hex(draw_demo_photo(17))) << "the same scene, another home";
}

TEST(DemoPhoto, IsAPngOfItsSize) {
  std::string png = draw_demo_photo(0);
  EXPECT_TRUE(png.starts_with("\x89PNG\r\n\x1A\n"));
  EXPECT_EQ(png.substr(16, 8), std::string("\x00\x00\x03\xC0\x00\x00\x02\x80", 8));
  EXPECT_TRUE(png.ends_with("\xAE\x42\x60\x82")) << "the check sum of an empty IEND, known from the standard";
}

TEST(DemoPhoto, ShowsTenThingsAndSaysWhich) {
  std::set<std::string> texts;
  for (std::uint64_t seed = 0; seed < 80; ++seed) {
    for (Language language : {Language::kChinese, Language::kEnglish}) texts.insert(render(describe_demo_photo(seed), language));
  }
  EXPECT_EQ(texts.size(), 20u);
  for (const std::string& text : texts) EXPECT_FALSE(text.starts_with("[")) << text;
}

}  // namespace
}  // namespace shide::workflow
