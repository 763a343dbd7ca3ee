#include "privacy/words.h"

#include <gtest/gtest.h>

#include <thread>

#include "privacy/lexicon.h"
#include "privacy/reading.h"

namespace shide::privacy {
namespace {

TEST(Words_S98, AreThoseOfTheDictionary) {
  Words words;
  EXPECT_TRUE(Words::are_known());
  EXPECT_TRUE(words.hold(U"食堂"));
  EXPECT_FALSE(words.hold(U"丁小"));
  EXPECT_FALSE(words.hold(U"食堂的"));
  EXPECT_FALSE(words.hold(U"堂"));
  EXPECT_FALSE(words.hold(U"tel"));
  EXPECT_FALSE(words.hold(U""));
}

TEST(Words_S98, WhatIsMadeLikeANameIsAWordOnlyByOurOwnList) {
  EXPECT_TRUE(Words().hold(U"志成"));
  FoldedText folded("志成小龙陈浩然学生食堂毛毛虫");
  Reading reading(folded);
  EXPECT_FALSE(reading.is_word(0, 2));
  EXPECT_FALSE(reading.is_word(2, 4));
  EXPECT_FALSE(reading.is_word(4, 7));
  EXPECT_TRUE(reading.is_word(7, 9));
  EXPECT_TRUE(reading.is_word(9, 11));
  EXPECT_TRUE(reading.is_word(11, 14));
}

TEST(Sounds_S98, AreOneForCharactersThatSoundAlike) {
  Sounds sounds;
  EXPECT_TRUE(sounds.are_known());
  EXPECT_EQ(sounds.of(U'晓'), sounds.of(U'小'));
  EXPECT_NE(sounds.of(U'晓'), sounds.of(U'明'));
  EXPECT_EQ(sounds.spelling(U'吕'), "lu");
  EXPECT_EQ(sounds.of(U'a'), 0);
  EXPECT_EQ(sounds.spelling(U','), "");
}

TEST(Sounds_S98, AreTheSameInEveryThread) {
  Sounds sounds;
  std::vector<std::vector<std::uint16_t>> heard(4);
  {
    std::vector<std::jthread> threads;
    for (auto& one : heard) {
      threads.emplace_back([&] {
        for (char32_t c = 0x4E00; c < 0x4F00; ++c) one.push_back(sounds.of(c));
      });
    }
  }
  for (const auto& one : heard) EXPECT_EQ(one, heard[0]);
}

}  // namespace
}  // namespace shide::privacy
