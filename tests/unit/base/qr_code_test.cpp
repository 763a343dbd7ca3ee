#include "base/qr_code.h"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

namespace shide {
namespace {

/// The squares that a path darkens.
std::vector<std::string> drawn(const QrCode& code) {
  std::vector<std::string> rows(static_cast<std::size_t>(code.size), std::string(static_cast<std::size_t>(code.size), '.'));
  std::istringstream path(code.path);
  char letter = 0;
  for (int x = 0, y = 0, run = 0, one = 0, back = 0; path >> letter >> x >> y >> letter >> run >> letter >> one >> letter >> back >> letter;) {
    EXPECT_EQ(back, -run);
    for (int i = x; i < x + run; ++i) rows.at(static_cast<std::size_t>(y)).at(static_cast<std::size_t>(i)) = '#';
  }
  return rows;
}

// That a reader understands it is shown where one reads it: in the journey.
TEST(QrCode, HasItsThreeCornersInsideAQuietZone) {
  auto code = qr_code("https://www.example.edu.cn/shide/enter/kRt7-Wm4x-Qz9p");
  ASSERT_TRUE(code);
  std::vector<std::string> rows = drawn(*code);
  std::size_t last = rows.size() - 5;
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(rows[i].find('#'), std::string::npos);
    EXPECT_EQ(rows[rows.size() - 1 - i].find('#'), std::string::npos);
  }
  EXPECT_EQ(rows[4].substr(4, 8), "#######.");
  EXPECT_EQ(rows[6].substr(4, 8), "#.###.#.");
  EXPECT_EQ(rows[4].substr(last - 7, 8), ".#######");
  EXPECT_EQ(rows[last].substr(4, 8), "#######.");
}

TEST(QrCode, IsRefusedForNothingAndForTooMuch) {
  EXPECT_FALSE(qr_code(""));
  EXPECT_TRUE(qr_code(std::string(300, 'a')));
  EXPECT_FALSE(qr_code(std::string(301, 'a')));
}

}  // namespace
}  // namespace shide
