#include "privacy/automaton.h"

#include <gtest/gtest.h>

#include <tuple>

namespace shide::privacy {
namespace {

std::vector<std::tuple<std::size_t, std::size_t, std::uint32_t>> hits(const Automaton& automaton, std::u32string_view text) {
  std::vector<std::tuple<std::size_t, std::size_t, std::uint32_t>> all;
  automaton.each_hit(text, [&](std::size_t end, std::size_t length, std::uint32_t value) { all.emplace_back(end - length, end, value); });
  return all;
}

TEST(Automaton, FindsWordsInsideWordsAndAcrossFailedBeginnings) {
  Automaton automaton;
  automaton.add(U"李明", 1);
  automaton.add(U"李明亮", 2);
  automaton.add(U"明", 3);
  automaton.add(U"李李明", 4);
  automaton.build();
  using Hit = std::tuple<std::size_t, std::size_t, std::uint32_t>;
  EXPECT_EQ(hits(automaton, U"李李明亮"), (std::vector<Hit>{{0, 3, 4}, {1, 3, 1}, {2, 3, 3}, {1, 4, 2}}));
}

TEST(Automaton, AWordAddedTwiceKeepsItsFirstValue) {
  Automaton automaton;
  EXPECT_EQ(automaton.add(U"王芳", 1), 1u);
  EXPECT_EQ(automaton.add(U"王芳", 2), 1u);
  EXPECT_EQ(automaton.size(), 1u);
}

TEST(Automaton, AnEmptyOneFindsNothing) {
  Automaton automaton;
  automaton.add(U"", 1);
  automaton.build();
  EXPECT_TRUE(automaton.empty());
  EXPECT_TRUE(hits(automaton, U"王小明").empty());
}

TEST(Automaton, AgreesWithPlainSearchOnManyShortWords) {
  const std::u32string letters = U"甲乙丙";
  std::vector<std::u32string> words;
  for (char32_t a : letters)
    for (char32_t b : letters) words.push_back({a, b}), words.push_back({a, b, a});
  Automaton automaton;
  for (std::size_t i = 0; i < words.size(); ++i) automaton.add(words[i], static_cast<std::uint32_t>(i));
  automaton.build();
  std::u32string text;
  for (unsigned i = 0, state = 1; i < 300; ++i) text += letters[(state = state * 1103515245u + 12345u) >> 16 & 1 ? 0 : (state >> 20) % 3];
  std::size_t expected = 0;
  for (const std::u32string& word : words)
    for (std::size_t at = text.find(word); at != std::u32string::npos; at = text.find(word, at + 1)) ++expected;
  EXPECT_EQ(hits(automaton, text).size(), expected);
}

}  // namespace
}  // namespace shide::privacy
