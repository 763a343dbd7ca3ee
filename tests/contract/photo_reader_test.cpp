// The reader with its real child, build/shide-photo, and with children that misbehave.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/digest.h"
#include "contract/picture_file.h"
#include "photo_helper/child_photo_reader.h"
#include "photo_helper/confine.h"
#include "support/temporary_folder.h"

namespace shide::testing {
namespace {

using photo_helper::ChildLimits;
using photo_helper::ChildPhotoReader;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kSecret = "31.6855N,119.9423E 2021:01:23 15:04:05";

void expect_refusal(const Result<ports::CleanPhoto>& result, ErrorCode code, std::string_view phrase) {
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, code);
  EXPECT_EQ(result.error().phrase.code, phrase);
  ASSERT_EQ(result.error().problems.size(), 1u);
  EXPECT_EQ(result.error().problems[0].path, "photo");
  EXPECT_EQ(result.error().problems[0].phrase, result.error().phrase);
}

class PhotoReader_S51_S109 : public ::testing::Test {
 protected:
  ChildPhotoReader reader{SHIDE_PHOTO_PROGRAM};
};

TEST_F(PhotoReader_S51_S109, APhonePhotoComesOutUprightSmallAndBare) {
  std::string uploaded = jpeg_file(photo_helper::resize(demo_picture(4), 2400, 1600), {.orientation = 6, .secret = kSecret});
  auto photo = reader.read(uploaded);
  ASSERT_TRUE(photo) << photo.error().detail;
  EXPECT_EQ(photo->width, 1067);
  EXPECT_EQ(photo->height, 1600);
  EXPECT_TRUE(photo_helper::is_bare_jpeg(photo->jpeg, 1067, 1600));
  EXPECT_EQ(photo->sha256, sha256_hex(photo->jpeg));
  EXPECT_EQ(photo->source_sha256, sha256_hex(uploaded));
  EXPECT_EQ(photo->luma_grid.size(), 64u);
  EXPECT_NE(photo->luma_grid, std::string(64, '0'));
  EXPECT_EQ(photo->traces, (ports::PhotoTraces{true, true, true, true}));
}

TEST_F(PhotoReader_S51_S109, NothingPlantedInTheFileSurvives) {
  Raster picture = demo_picture(5);
  for (const std::string& uploaded : {jpeg_file(picture, {.orientation = 1, .secret = kSecret}), jpeg_file(picture, {.progressive = true, .orientation = 3, .secret = kSecret}),
                                      png_file(picture, {.orientation = 8, .secret = kSecret})}) {
    ASSERT_THAT(uploaded, HasSubstr(kSecret)) << "the test plants nothing";
    auto photo = reader.read(uploaded);
    ASSERT_TRUE(photo);
    for (std::string_view trace : {std::string_view(kSecret), std::string_view("31.6855"), std::string_view("Exif"), std::string_view("xmp"), std::string_view("ICC_PROFILE"), std::string_view("Photoshop"),
                                   std::string_view("Location")}) {
      EXPECT_THAT(photo->jpeg, Not(HasSubstr(std::string(trace))));
    }
    EXPECT_TRUE(photo_helper::is_bare_jpeg(photo->jpeg, photo->width, photo->height));
  }
}

TEST_F(PhotoReader_S51_S109, ThePictureIsTheOneUploaded) {
  Raster picture = demo_picture(6);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    int inverse = orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
    Raster stored = photo_helper::upright(picture, inverse);
    for (const std::string& uploaded : {jpeg_file(stored, {.orientation = orientation}), png_file(stored, {.orientation = orientation})}) {
      auto photo = reader.read(uploaded);
      ASSERT_TRUE(photo);
      Raster seen = photo_helper::decode_jpeg(photo->jpeg, {}).picture;
      ASSERT_EQ(seen.width, picture.width);
      double difference = 0;
      for (std::size_t i = 0; i < picture.samples.size(); ++i) difference += std::abs(picture.samples[i] - seen.samples[i]);
      EXPECT_LT(difference / static_cast<double>(picture.samples.size()), 4) << orientation;
    }
  }
}

TEST_F(PhotoReader_S51_S109, TheSameUploadGivesTheSamePhoto) {
  std::string uploaded = jpeg_file(demo_picture(7));
  EXPECT_EQ(reader.read(uploaded)->sha256, reader.read(uploaded)->sha256);
}

TEST_F(PhotoReader_S51_S109, ATextNamedJpgIsNotAPhoto) {
  for (std::string_view bytes : {"", "1月23日到小满家。", "GIF89a", "%PDF-1.4", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "RIFF....WEBPVP8 "}) {
    expect_refusal(reader.read(bytes), ErrorCode::kUnsupportedMedia, "photo.not_photo");
  }
  EXPECT_EQ(render({"photo.not_photo"}, Language::kChinese), "这个文件不是照片。请选 JPG 或 PNG，手机拍的一般都行。");
}

TEST_F(PhotoReader_S51_S109, HeicComesWithAdvice) {
  auto result = reader.read(std::string("\0\0\0\x24""ftypheic\0\0\0\0mif1heic", 24));
  expect_refusal(result, ErrorCode::kUnsupportedMedia, "photo.heic");
  EXPECT_THAT(render(result.error().phrase, Language::kChinese), HasSubstr("兼容性最佳"));
}

TEST_F(PhotoReader_S51_S109, ThirteenMegabytesAreToldFromTwelve) {
  auto result = reader.read("\xFF\xD8\xFF" + std::string((13u << 20) - 3, 'x'));
  expect_refusal(result, ErrorCode::kTooLarge, "photo.too_large");
  EXPECT_EQ(render(result.error().phrase, Language::kChinese), "照片13 MB，上限12 MB。直接用手机拍照会自动缩小。");
  EXPECT_EQ(render(reader.read(std::string((12u << 20) + 1, 'x')).error().phrase, Language::kEnglish), "The photo is 13 MB, the limit 12 MB. Taken in the page, it is made smaller for you.");
}

TEST_F(PhotoReader_S51_S109, AHeaderThatClaimsTooManyPixelsIsRefusedBeforeDecoding) {
  std::string png("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xAE\x42\x60\x82", 45);
  auto result = reader.read(png);
  expect_refusal(result, ErrorCode::kTooLarge, "photo.too_many_pixels");
  EXPECT_THAT(render(result.error().phrase, Language::kChinese), HasSubstr("上限是4000万"));
  EXPECT_THAT(result.error().detail, HasSubstr("3600000000 pixels"));

  std::string jpeg = jpeg_file(photo_helper::resize(demo_picture(0), 64, 64));
  auto frame = jpeg.find("\xFF\xC0");
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xEA\x60\xEA\x60");
  expect_refusal(reader.read(jpeg), ErrorCode::kTooLarge, "photo.too_many_pixels");
}

TEST_F(PhotoReader_S51_S109, FortyMegapixelsFitIntoTheChildsMemory) {
  Raster large = photo_helper::make_raster(8000, 5000, 3);
  for (const std::string& uploaded : {png_file(large), jpeg_file(large, {.progressive = true})}) {
    auto photo = reader.read(uploaded);
    ASSERT_TRUE(photo) << photo.error().detail;
    EXPECT_EQ(photo->width, 1600);
    EXPECT_EQ(photo->luma_grid, std::string(64, '0')) << "black says nothing";
  }
}

TEST_F(PhotoReader_S51_S109, HalfAPhotoIsCutOff) {
  std::string whole = jpeg_file(demo_picture(8));
  expect_refusal(reader.read(whole.substr(0, whole.size() / 2)), ErrorCode::kInvalid, "photo.cut_off");
  whole = png_file(demo_picture(8));
  expect_refusal(reader.read(whole.substr(0, whole.size() / 2)), ErrorCode::kInvalid, "photo.cut_off");
}

TEST_F(PhotoReader_S51_S109, NoiseBehindAJpegsFirstBytesIsUnreadable) {
  expect_refusal(reader.read("\xFF\xD8\xFF\xC0" + std::string(20'000, '\x07')), ErrorCode::kInvalid, "photo.unreadable");
}

/// Children that misbehave are shell scripts in a directory that goes away with the test.
class MisbehavingChild : public ::testing::Test {
 protected:
  std::string script(const std::string& lines) {
    std::string path = directory + "/child";
    std::ofstream(path) << "#!/bin/sh\ncd " << directory << "\n" << lines << "\n";
    chmod(path.c_str(), 0700);
    return path;
  }
  Result<ports::CleanPhoto> read_with(const std::string& lines, ChildLimits limits = {}) { return ChildPhotoReader(script(lines), limits).read(photo); }

  TemporaryFolder folder{"shide-child"};
  const std::string& directory = folder.path();
  std::string photo = jpeg_file(demo_picture(9)) + std::string(1 << 20, 's');  // more than a socket holds
};

TEST_F(MisbehavingChild, ACrashIsAnUnreadablePhoto) {
  auto result = read_with("cat >/dev/null; kill -SEGV $$");
  expect_refusal(result, ErrorCode::kInvalid, "photo.unreadable");
  EXPECT_THAT(result.error().detail, HasSubstr("signal 11"));
}

TEST_F(MisbehavingChild, LeavingWithoutListeningRaisesNoSignalHere) {
  ASSERT_EQ(signal(SIGPIPE, SIG_DFL), SIG_DFL) << "SIGPIPE must be deadly for this test to say anything";
  EXPECT_EQ(read_with("exit 7").error().code, ErrorCode::kInternal);
}

TEST_F(MisbehavingChild, HangingEndsWhenTimeIsUp) {
  auto begin = std::chrono::steady_clock::now();
  expect_refusal(read_with("exec sleep 100", {.time = std::chrono::milliseconds(200)}), ErrorCode::kUnavailable, "photo.busy");
  expect_refusal(read_with("cat >/dev/null; exec sleep 100", {.time = std::chrono::milliseconds(200)}), ErrorCode::kUnavailable, "photo.busy");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST_F(MisbehavingChild, AFloodAnEchoAndALieAreNotBelieved) {
  expect_refusal(read_with("exec yes"), ErrorCode::kInvalid, "photo.unreadable");
  expect_refusal(read_with("exec cat"), ErrorCode::kInvalid, "photo.unreadable");
  photo_helper::CleanOutcome lie{.status = photo_helper::CleanStatus::kClean, .jpeg = photo, .width = 960, .height = 640};
  std::ofstream(directory + "/lie") << photo_helper::format_message(lie);
  expect_refusal(read_with("cat >/dev/null; cat lie"), ErrorCode::kInvalid, "photo.unreadable");
}

TEST_F(MisbehavingChild, AMissingProgramIsAnErrorOfOurs) {
  EXPECT_EQ(ChildPhotoReader(directory + "/nowhere").read(photo).error().code, ErrorCode::kInternal);
}

TEST_F(MisbehavingChild, InheritsNothingOfTheHost) {
  int planted = open("/etc/hostname", O_RDONLY);  // without O_CLOEXEC, as a host's library may do
  ASSERT_GT(planted, 2);
  ASSERT_EQ(setenv("SHIDE_TEST_SECRET", "1", 1), 0);
  (void)read_with("ls /proc/$$/fd >descriptors; env >environment; exit 7");
  close(planted);
  std::ifstream descriptors(directory + "/descriptors"), environment(directory + "/environment");
  std::string all{std::istreambuf_iterator<char>(descriptors), {}}, variables{std::istreambuf_iterator<char>(environment), {}};
  EXPECT_THAT(all, ::testing::StartsWith("0\n1\n"));
  EXPECT_THAT(all, Not(HasSubstr("\n" + std::to_string(planted) + "\n")));
  EXPECT_THAT(variables, HasSubstr("PWD="));
  EXPECT_THAT(variables, Not(HasSubstr("SHIDE_TEST_SECRET")));
}

TEST_F(MisbehavingChild, AtMostTwoRunAtOnce) {
  // The third to come finds both places taken and says so; `cat` ends when the photo has arrived.
  ChildPhotoReader reader(script("mkdir one 2>/dev/null && mine=one || { mkdir two 2>/dev/null && mine=two; } || { touch crowded; exit 7; }\n"
                                 "touch used-$mine; cat >/dev/null; rmdir $mine; exit 7"));
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { (void)reader.read(photo); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(std::filesystem::exists(directory + "/crowded"));
  EXPECT_TRUE(std::filesystem::exists(directory + "/used-two"));
}

TEST_F(MisbehavingChild, WhoFindsNoTurnInTimeIsToldSo) {
  ChildPhotoReader reader(script("touch started; exec sleep 100"), {.time = std::chrono::milliseconds(400), .children = 1});
  std::thread first([&] { expect_refusal(reader.read(photo), ErrorCode::kUnavailable, "photo.busy"); });
  expect_refusal(reader.read(photo), ErrorCode::kUnavailable, "photo.busy");
  first.join();
}

TEST_F(MisbehavingChild, AHostThatIgnoresItsChildrenStillGetsItsPhoto) {
  auto before = signal(SIGCHLD, SIG_IGN);
  auto result = ChildPhotoReader(SHIDE_PHOTO_PROGRAM).read(photo);
  signal(SIGCHLD, before);
  EXPECT_TRUE(result) << result.error().detail;
}

#if !defined(__SANITIZE_ADDRESS__)
TEST(ConfineDeathTest, NeitherFileNorNetworkNorProgramIsLeft) {
  auto killed = ::testing::KilledBySignal(SIGSYS);
  EXPECT_EXIT({ if (photo_helper::confine()) open("/etc/passwd", O_RDONLY); _exit(0); }, killed, "");
  EXPECT_EXIT({ if (photo_helper::confine()) socket(AF_INET, SOCK_STREAM, 0); _exit(0); }, killed, "");
  EXPECT_EXIT({ if (photo_helper::confine()) execl("/bin/true", "true", nullptr); _exit(0); }, killed, "");
  EXPECT_EXIT({ if (photo_helper::confine() && write(2, "x", 1)) _exit(1); _exit(0); }, killed, "") << "only descriptor 1 may be written";
  EXPECT_EXIT({ _exit(photo_helper::confine() ? 0 : 1); }, ::testing::ExitedWithCode(0), "");
}
#endif

}  // namespace
}  // namespace shide::testing
