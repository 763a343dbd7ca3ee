// The decoder on its own, without the process around it: turns, fingerprints, broken files, and the fuzzer's corpus.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "analysis/photo_reuse.h"
#include "contract/picture_file.h"
#include "photo_helper/clean.h"
#include "photo_helper/message.h"
#include "photo_helper/orientation.h"
#include "photo_helper/traces.h"
#include "support/source_dir.h"

namespace shide::testing {
namespace {

using photo_helper::clean_photo;
using photo_helper::CleanOutcome;
using photo_helper::CleanStatus;

std::string hex(const photo_helper::LumaGrid& grid) {
  std::string out;
  for (std::uint8_t byte : grid) out += "0123456789abcdef"[byte >> 4], out += "0123456789abcdef"[byte & 15];
  return out;
}

/// Differing bits of two files' pictures, 256 when one is flat.
analysis::GridDistance distance(const std::string& a, const std::string& b) {
  return analysis::grid_distance(hex(clean_photo(a).grid), hex(clean_photo(b).grid)).value_or(analysis::GridDistance{256, false});
}

// Where the corners of the stored picture stand when it is upright: TIFF 6.0, tag 274.
TEST(Orientation_S109, PutsEachCornerWhereTheStandardSays) {
  struct Case { int orientation; int first_x, first_y, second_x, second_y; };
  constexpr int kFar = 2, kDeep = 1;  // a picture of 3 x 2
  for (Case expected : {Case{1, 0, 0, kFar, 0}, Case{2, kFar, 0, 0, 0}, Case{3, kFar, kDeep, 0, kDeep}, Case{4, 0, kDeep, kFar, kDeep},
                        Case{5, 0, 0, 0, kFar}, Case{6, kDeep, 0, kDeep, kFar}, Case{7, kDeep, kFar, kDeep, 0}, Case{8, 0, kFar, 0, 0}}) {
    Raster stored{3, 2, 1, {1, 0, 2, 0, 0, 0}};
    Raster turned = photo_helper::upright(stored, expected.orientation);
    EXPECT_EQ(*turned.pixel(expected.first_x, expected.first_y), 1) << expected.orientation;
    EXPECT_EQ(*turned.pixel(expected.second_x, expected.second_y), 2) << expected.orientation;
  }
}

TEST(Orientation_S109, IsReadInBothByteOrdersAndNeverTrusted) {
  EXPECT_EQ(photo_helper::orientation_of(tiff(6, "x")), 6);
  EXPECT_EQ(photo_helper::orientation_of(std::string("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0", 26)), 8);
  EXPECT_EQ(photo_helper::orientation_of(tiff(9, "x")), 1);
  EXPECT_EQ(photo_helper::orientation_of(""), 1);
  EXPECT_EQ(photo_helper::orientation_of(std::string("II*\0\xFF\xFF\xFF\xFF", 8)), 1);
  std::string whole = tiff(6, "x");
  for (std::size_t size = 0; size < whole.size(); ++size) photo_helper::orientation_of(std::string_view(whole).substr(0, size));
}

TEST(PhotoTraces_S109, TellThatSomethingRodeAlongAndNothingWhenNothingDid) {
  Raster picture = photo_helper::resize(demo_picture(2), 96, 64);
  constexpr ports::PhotoTraces kAll{true, true, true, true}, kWithoutWords{true, true, true, false};
  FileOptions exif{.orientation = 1}, all{.orientation = 1, .secret = "31.6855N"};
  EXPECT_EQ(clean_photo(jpeg_file(picture, exif)).traces, kWithoutWords);
  EXPECT_EQ(clean_photo(png_file(picture, exif)).traces, kWithoutWords);
  EXPECT_EQ(clean_photo(jpeg_file(picture, all)).traces, kAll);
  EXPECT_EQ(clean_photo(png_file(picture, all)).traces, kAll);
  EXPECT_EQ(clean_photo(jpeg_file(picture)).traces, ports::PhotoTraces{});
  EXPECT_EQ(clean_photo(png_file(picture)).traces, ports::PhotoTraces{});
  CleanOutcome outcome = clean_photo(jpeg_file(picture, exif));
  EXPECT_EQ(photo_helper::parse_message(photo_helper::format_message(outcome))->traces, kWithoutWords) << "they come through to the host";
}

TEST(PhotoTraces_S109, AreReadFromDamagedFilesWithoutTrust) {
  Raster picture = photo_helper::resize(demo_picture(2), 96, 64);
  for (const std::string& whole : {jpeg_file(picture, {.orientation = 1, .secret = "x"}), png_file(picture, {.orientation = 1, .secret = "x"})}) {
    for (std::size_t size = 0; size < whole.size(); ++size) photo_helper::traces_of(std::string_view(whole).substr(0, size));
    std::mt19937 random(109);
    for (int round = 0; round < 2000; ++round) {
      std::string scrambled = whole;
      for (int i = 0; i < 8; ++i) scrambled[random() % std::min<std::size_t>(scrambled.size(), 400)] = static_cast<char>(random());
      photo_helper::traces_of(scrambled);
    }
  }
  EXPECT_EQ(photo_helper::traces_of("not a photo"), ports::PhotoTraces{});
}

TEST(Resize, KeepsTheMeanAndTheProportions) {
  Raster grey = photo_helper::make_raster(3000, 7, 3);
  std::fill(grey.samples.begin(), grey.samples.end(), 200);
  Raster small = photo_helper::fit(grey, 1600);
  EXPECT_EQ(small.width, 1600);
  EXPECT_EQ(small.height, 4);
  EXPECT_THAT(small.samples, ::testing::Each(200));
  Raster steps{4, 1, 1, {0, 100, 200, 100}};
  EXPECT_THAT(photo_helper::resize(steps, 2, 1).samples, ::testing::ElementsAre(50, 150));
  EXPECT_EQ(photo_helper::fit(Raster{2, 1, 1, {5, 6}}, 1600).width, 2) << "nothing is made larger";
}

TEST(LumaGrid_S87, SurvivesWhatAPhoneAndAMessengerDoToAPhoto) {
  int worst = 0;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    Raster picture = demo_picture(seed);
    std::string original = jpeg_file(picture);
    for (const std::string& variant :
         {jpeg_file(picture, {.quality = 30}), jpeg_file(photo_helper::resize(picture, 240, 160)), jpeg_file(photo_helper::resize(picture, 1920, 1280)),
          jpeg_file(toned(picture, 1, 25)), jpeg_file(toned(picture, 1, -25)), jpeg_file(toned(picture, 0.8, 0)), jpeg_file(toned(picture, 1.2, 0)),
          png_file(picture), jpeg_file(picture, {.progressive = true})}) {
      worst = std::max(worst, distance(original, variant).bits);
    }
  }
  RecordProperty("worst_distance", worst);
  EXPECT_LE(worst, analysis::kNearDistance);
}

TEST(LumaGrid_S87, KnowsAPictureInAllEightPositions) {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    Raster picture = demo_picture(seed);
    for (int orientation = 1; orientation <= 8; ++orientation) {
      auto found = distance(jpeg_file(picture), jpeg_file(photo_helper::upright(picture, orientation)));
      EXPECT_LE(found.bits, analysis::kNearDistance) << seed << " " << orientation;
      EXPECT_EQ(found.turned, orientation != 1) << seed << " " << orientation;
    }
  }
}

TEST(LumaGrid_S87, IsEmptyForAFlatPicture) {
  Raster wall = photo_helper::make_raster(800, 600, 3);
  std::mt19937 random(1);
  for (std::uint8_t& sample : wall.samples) sample = static_cast<std::uint8_t>(120 + random() % 20);
  CleanOutcome outcome = clean_photo(jpeg_file(wall));
  EXPECT_EQ(outcome.status, CleanStatus::kClean);
  EXPECT_EQ(outcome.grid, photo_helper::LumaGrid{});
}

TEST(DemoPhoto, EightyOfThemAreEightyDifferentPictures) {
  std::vector<analysis::PhotoFingerprint> photos;
  for (std::uint64_t seed = 0; seed < 80; ++seed) {
    CleanOutcome outcome = clean_photo(workflow::draw_demo_photo(seed));
    ASSERT_EQ(outcome.status, CleanStatus::kClean);
    EXPECT_NE(outcome.grid, photo_helper::LumaGrid{}) << seed << " is too flat";
    photos.push_back({std::to_string(seed), {}, {}, hex(outcome.grid)});
  }
  EXPECT_THAT(analysis::find_reused_photos(photos), ::testing::IsEmpty());
}

TEST(BareJpeg_S109, AcceptsOnlyAPictureWithoutAnythingElse) {
  Raster picture = photo_helper::resize(demo_picture(1), 96, 64);
  std::string bare = photo_helper::encode_jpeg(picture);
  EXPECT_TRUE(photo_helper::is_bare_jpeg(bare, 96, 64));
  EXPECT_FALSE(photo_helper::is_bare_jpeg(bare, 64, 96));
  EXPECT_FALSE(photo_helper::is_bare_jpeg(bare + "PK", 96, 64));
  EXPECT_FALSE(photo_helper::is_bare_jpeg(std::string_view(bare).substr(0, bare.size() - 2), 96, 64));
  EXPECT_FALSE(photo_helper::is_bare_jpeg(jpeg_file(picture, {.orientation = 1}), 96, 64));
  EXPECT_FALSE(photo_helper::is_bare_jpeg(jpeg_file(picture, {.progressive = true}), 96, 64));
  for (std::size_t size = 0; size < bare.size(); ++size) EXPECT_FALSE(photo_helper::is_bare_jpeg(std::string_view(bare).substr(0, size), 96, 64));
}

TEST(PhotoMessage, IsTakenOnlyWhole) {
  CleanOutcome outcome = clean_photo(jpeg_file(photo_helper::resize(demo_picture(1), 96, 64)));
  std::string message = photo_helper::format_message(outcome);
  auto read = photo_helper::parse_message(message);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->jpeg, outcome.jpeg);
  EXPECT_EQ(read->grid, outcome.grid);
  EXPECT_EQ(read->width, 96);
  EXPECT_FALSE(photo_helper::parse_message(message + "x"));
  for (std::size_t size = 0; size < message.size(); ++size) EXPECT_FALSE(photo_helper::parse_message(std::string_view(message).substr(0, size)));
}

TEST(BrokenPhoto, EveryPieceOfAPhotoIsRefused) {
  Raster picture = photo_helper::resize(demo_picture(2), 480, 320);
  for (const std::string& whole : {jpeg_file(picture), jpeg_file(picture, {.progressive = true}), png_file(picture)}) {
    for (std::size_t size = 8; size + 4 < whole.size(); size += whole.size() / 40) {
      CleanStatus status = clean_photo(whole.substr(0, size)).status;
      EXPECT_TRUE(status == CleanStatus::kCutOff || status == CleanStatus::kUnreadable) << size << " of " << whole.size();
    }
    EXPECT_EQ(clean_photo(whole.substr(0, whole.size() / 2)).status, CleanStatus::kCutOff);
  }
}

TEST(BrokenPhoto, DamagedBytesEndInAnAnswerAndNeverInMetadata) {
  std::mt19937 random(20210124);
  Raster picture = photo_helper::resize(demo_picture(3), 240, 160);
  for (const std::string& whole : {jpeg_file(picture, {.orientation = 6, .secret = "secret"}), jpeg_file(picture, {.progressive = true}), png_file(picture, {.orientation = 6, .secret = "secret"})}) {
    for (int round = 0; round < 300; ++round) {
      std::string damaged = whole;
      for (int i = 0; i < 1 + round % 8; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
      CleanOutcome outcome = clean_photo(damaged);
      if (outcome.status != CleanStatus::kClean) continue;
      EXPECT_TRUE(photo_helper::is_bare_jpeg(outcome.jpeg, outcome.width, outcome.height));
      EXPECT_EQ(outcome.jpeg.find("secret"), std::string::npos);
    }
  }
}

TEST(PhotoFuzz, EveryFileOfTheCorpusEndsInAnAnswer) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_dir() / "tests/fuzz/corpus/photo")) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    CleanOutcome outcome = clean_photo(bytes);
    EXPECT_EQ(outcome.status == CleanStatus::kClean, photo_helper::is_bare_jpeg(outcome.jpeg, outcome.width, outcome.height)) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 8);
}

}  // namespace
}  // namespace shide::testing
