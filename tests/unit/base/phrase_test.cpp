// Sentences by their codes: rendered in both languages, kept in the database, never taken for a template twice.
#include "base/phrase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide {
namespace {

TEST(Phrase, IsRenderedInBothLanguages) {
  Phrase phrase{"info.unreadable", {{"where", "a:1"}, {"what", Phrase{"error.not_found"}}}};
  EXPECT_EQ(render(phrase, Language::kEnglish), "a:1: this file cannot be read (No such page, or it is not open to you now.).");
  EXPECT_THAT(render(phrase, Language::kChinese), testing::StartsWith("a:1："));
  EXPECT_EQ(render({"no.such"}, Language::kChinese), "[no.such]");
  EXPECT_EQ(render({}, Language::kChinese), "");
}

TEST(Phrase, WhatAPersonTypedIsNoTemplate) {
  Phrase phrase{"info.unreadable", {{"where", "{what}"}, {"what", "{where}"}}};
  EXPECT_EQ(render(phrase, Language::kEnglish), "{what}: this file cannot be read ({where}).");
}

TEST(Phrase, AnArgumentThatIsMissingLeavesAGapNotAPlaceholder) {
  EXPECT_EQ(render({"info.unreadable", {{"where", "a:1"}}}, Language::kEnglish), "a:1: this file cannot be read ().");
}

TEST(Phrase, SurvivesTheDatabase) {
  for (const Phrase& phrase : {Phrase{"score.because", {{"text", "a\tb\\n\n"}, {"inner", Phrase{"x.y", {{"n", 3}}}}}}, Phrase{"plain"}, Phrase{"empty", {{"text", ""}}},
                               Phrase{"slash", {{"text", "\\t\\"}}}}) {
    EXPECT_EQ(parse_phrase(format_phrase(phrase)), phrase) << format_phrase(phrase);
  }
}

}  // namespace
}  // namespace shide
