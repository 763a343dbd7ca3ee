#include "base/text_file.h"

#include <gtest/gtest.h>

namespace shide {
namespace {

TEST(TextFile, IsReadHoweverItWasSaved) {
  const std::string expected = "王小明,女";
  EXPECT_EQ(text_of_file("王小明,女"), expected);
  EXPECT_EQ(text_of_file("\xEF\xBB\xBF王小明,女"), expected);
  EXPECT_EQ(text_of_file("\xCD\xF5\xD0\xA1\xC3\xF7,\xC5\xAE"), expected) << "GBK, as office programs in China save";
  EXPECT_EQ(text_of_file(std::string("\xFF\xFE\x8B\x73\x0F\x5C\x0E\x66,\0\x73\x59", 12)), expected) << "UTF-16";
  EXPECT_EQ(text_of_file(""), "");
}

TEST(TextFile, IsNothingWhenItIsNoText) {
  EXPECT_EQ(text_of_file(std::string("\xFF\xD8\xFF\xE0\0\x10JFIF\0", 11)), std::nullopt);
  EXPECT_EQ(text_of_file(std::string("a\0b", 3)), std::nullopt);
  EXPECT_EQ(text_of_file("\xFF\xFF\xFF"), std::nullopt);
}

}  // namespace
}  // namespace shide
