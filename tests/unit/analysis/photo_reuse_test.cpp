#include "analysis/photo_reuse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "support/fake_photo_reader.h"

namespace shide::analysis {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kGrid = sha256_hex("a desk by the window");
const std::string kOtherGrid = sha256_hex("a courtyard");
const std::string kFlat(64, '0');

PhotoFingerprint photo(std::string visit, std::string name, std::string grid) { return {std::move(visit), sha256_hex(name), sha256_hex("source of " + name), std::move(grid)}; }

/// The grid with its first `count` bits inverted.
std::string with_bits_inverted(std::string grid, int count) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int bit = 0; bit < count; ++bit) {
    char& c = grid[static_cast<std::size_t>(bit / 4)];
    c = kDigits[kDigits.find(c) ^ (8u >> bit % 4)];
  }
  return grid;
}

/// The grid of the mirrored picture: the bits of odd frequencies across, which are the 1st, 3rd, 5th ... of each row.
std::string mirrored(std::string grid) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (char& c : grid) c = kDigits[kDigits.find(c) ^ 0xAu];
  return grid;
}

TEST(PhotoReuse_S87, TheSameFileInTwoVisitsIsFound) {
  auto found = find_reused_photos({photo("visit 1", "desk", kGrid), photo("visit 1", "tree", kOtherGrid), photo("visit 2", "desk", kGrid)});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0], (PhotoReuse{0, 2, PhotoLikeness::kSameFile, 0, false, {"photo.reuse.same_file"}}));
}

TEST(PhotoReuse_S87, TheSamePictureFromAnotherFileIsFound) {
  PhotoFingerprint a = photo("visit 1", "desk", kGrid), b = a;
  b.visit = "visit 2";
  b.source_sha256 = sha256_hex("the same with another comment in it");
  EXPECT_EQ(compare_photos(a, b)->likeness, PhotoLikeness::kSamePicture);
}

TEST(PhotoReuse_S87, ThirtyOneBitsAreNearAndThirtyTwoAreNot) {
  auto near = compare_photos(photo("visit 1", "a", kGrid), photo("visit 2", "b", with_bits_inverted(kGrid, 31)));
  ASSERT_TRUE(near);
  EXPECT_EQ(near->distance, 31);
  EXPECT_FALSE(near->turned);
  EXPECT_EQ(near->because, (Phrase{"photo.reuse.near", {{"distance", 31}}}));
  EXPECT_FALSE(compare_photos(photo("visit 1", "a", kGrid), photo("visit 2", "b", with_bits_inverted(kGrid, 32))));
}

TEST(PhotoReuse_S87, AMirroredPictureIsTheSamePicture) {
  auto found = compare_photos(photo("visit 1", "a", kGrid), photo("visit 2", "b", with_bits_inverted(mirrored(kGrid), 5)));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->distance, 5);
  EXPECT_TRUE(found->turned);
  EXPECT_EQ(found->because.code, "photo.reuse.near_turned");
}

TEST(PhotoReuse_S87, TwoPhotosOfOneVisitMayLookAlike) {
  EXPECT_THAT(find_reused_photos({photo("visit 1", "a", kGrid), photo("visit 1", "a", kGrid)}), IsEmpty());
}

TEST(PhotoReuse_S87, AFlatPhotoMatchesNothing) {
  EXPECT_FALSE(compare_photos(photo("visit 1", "a", kFlat), photo("visit 2", "a", kFlat)));
  EXPECT_FALSE(compare_photos(photo("visit 1", "a", kFlat), photo("visit 2", "b", with_bits_inverted(kFlat, 3))));
  EXPECT_FALSE(grid_distance(kFlat, kGrid));
}

TEST(PhotoReuse_S87, DifferentPicturesAreNotConfused) {
  std::vector<PhotoFingerprint> photos;
  for (int i = 0; i < 200; ++i) photos.push_back(photo("visit " + std::to_string(i), "photo " + std::to_string(i), sha256_hex("grid " + std::to_string(i))));
  EXPECT_THAT(find_reused_photos(photos), IsEmpty());
}

TEST(PhotoReuse_S87, WhatIsNoGridIsNotCompared) {
  for (const char* grid : {"", "abc", "zz"}) EXPECT_FALSE(grid_distance(grid, kGrid)) << grid;
  EXPECT_FALSE(grid_distance(std::string(64, 'g'), kGrid));
}

TEST(PhotoReuse_S87, TheQuestionHasItsWordsInBothLanguages) {
  for (const char* code : {"photo.reuse.same_file", "photo.reuse.same_picture", "photo.reuse.near", "photo.reuse.near_turned"}) {
    EXPECT_NE(text_of(code, Language::kChinese), "") << code;
    EXPECT_NE(text_of(code, Language::kEnglish), "") << code;
  }
}

TEST(FakePhotoReader, PlaysTheReaderForOthers) {
  testing::FakePhotoReader reader;
  auto plain = reader.read("JPEG:desk"), placed = reader.read("JPEG:desk;taken at home");
  EXPECT_EQ(placed->jpeg, "JPEG:desk");
  EXPECT_EQ(placed->sha256, plain->sha256);
  EXPECT_NE(placed->source_sha256, plain->source_sha256);
  EXPECT_EQ(placed->luma_grid.size(), 64u);
  EXPECT_EQ(reader.read("hello").error().phrase.code, "photo.not_photo");
  EXPECT_EQ(reader.read(std::string(13u << 20, 'x')).error().code, ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace shide::analysis
