// Envelopes, and the key files they hang on: what is tampered with, missing, open to others or not the right one stays closed.
#include "cipher_openssl/field_cipher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "support/fixed_clock.h"
#include "support/temporary_folder.h"

namespace shide::testing {
namespace {

using cipher_openssl::FieldCipher;
using cipher_openssl::KeyFolder;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kKeyId = "018f0000-0000-7000-8000-000000000001";
const std::string kSchool = "018f0000-0000-7000-8000-00000000000a";

/// The code of the sentence an operator reads, or "fine".
template <class T>
std::string said(const Result<T>& result) {
  return result.ok() ? "fine" : result.error().phrase.code.empty() ? "internal" : result.error().phrase.code;
}

class FieldCipherTest : public ::testing::Test {
 protected:
  FieldCipherTest() { std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_all); }

  FieldCipher open() const { return FieldCipher(KeyFolder(keys(), std::make_unique<FixedClock>(clock_.now()))); }
  std::string keys() const { return folder_.path() + "/keys"; }
  std::string file_of(const ports::SchoolKey& key) const { return keys() + "/" + key.id + ".shidekey"; }

  TemporaryFolder folder_{"shide-cipher"};
  FixedClock clock_;
};

TEST_F(FieldCipherTest, OpensWhatItClosedAndOnlyThere) {
  FieldCipher cipher = open();
  std::string key = cipher.make_data_key(), other = cipher.make_data_key();
  ASSERT_EQ(key.size(), 32u);
  ASSERT_NE(key, other);
  for (const std::string& text : {std::string("王小明"), std::string("13800001111"), std::string(31, 'a'), std::string(32, 'a'), std::string(100'000, 'x')}) {
    std::string envelope = cipher.seal(kKeyId, key, text, "guardians name 1");
    EXPECT_THAT(envelope, Not(HasSubstr(text)));
    EXPECT_EQ(cipher.key_of(envelope), kKeyId);
    EXPECT_EQ(cipher.open(key, envelope, "guardians name 1").value(), text);
    EXPECT_EQ(said(cipher.open(other, envelope, "guardians name 1")), said(Result<void>(internal_error("x"))));
    EXPECT_FALSE(cipher.open(key, envelope, "guardians name 2")) << "another row";
    EXPECT_NE(cipher.seal(kKeyId, key, text, "guardians name 1"), envelope) << "the same text twice is not seen to be the same";
  }
}

TEST_F(FieldCipherTest, AnEnvelopeChangedInAnyByteStaysClosed) {
  FieldCipher cipher = open();
  std::string key = cipher.make_data_key(), envelope = cipher.seal(kKeyId, key, "王小明", "place");
  for (std::size_t at = 0; at < envelope.size(); ++at) {
    std::string changed = envelope;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    // The id of the data key is not bound: the caller finds the key by it, and another key does not open.
    if (cipher.key_of(changed) != kKeyId && !cipher.key_of(changed).empty()) continue;
    EXPECT_FALSE(cipher.open(key, changed, "place")) << at;
  }
  for (std::size_t length = 0; length < envelope.size(); ++length) EXPECT_FALSE(cipher.open(key, envelope.substr(0, length), "place")) << length;
  EXPECT_FALSE(cipher.open(key, envelope + "AAAA", "place"));
  EXPECT_EQ(cipher.key_of("王小明"), "");
}

TEST_F(FieldCipherTest, TheLengthOfAnEnvelopeTellsNoNameFromAnother) {
  FieldCipher cipher = open();
  std::string key = cipher.make_data_key();
  std::size_t length = cipher.seal(kKeyId, key, "王", "place").size();
  for (const char* text : {"欧阳小明明", "13800001111", "disability", "left_behind_or_single_parent"}) {
    EXPECT_EQ(cipher.seal(kKeyId, key, text, "place").size(), length) << text;
  }
}

TEST_F(FieldCipherTest, ADataKeyComesBackInItsSchoolAndPlaceOnly) {
  FieldCipher cipher = open();
  EXPECT_EQ(said(cipher.can_wrap()), "keys.none");
  ASSERT_TRUE(cipher.make_school_key());
  std::string key = cipher.make_data_key();
  auto wrapped = cipher.wrap(kSchool, key, "place");
  ASSERT_TRUE(wrapped) << wrapped.error().detail;
  EXPECT_EQ(cipher.unwrap(kSchool, *wrapped, "place").value(), key);
  EXPECT_EQ(said(cipher.unwrap("another school", *wrapped, "place")), "keys.wrong");
  EXPECT_EQ(said(cipher.unwrap(kSchool, *wrapped, "elsewhere")), "keys.wrong");
  FieldCipher later = open();
  EXPECT_EQ(later.unwrap(kSchool, *wrapped, "place").value(), key);
}

TEST_F(FieldCipherTest, ARunningServerFollowsANewKeyAndTheOldOneStillOpens) {
  FieldCipher server = open(), operators = open();
  auto first = operators.make_school_key();
  auto wrapped = server.wrap(kSchool, server.make_data_key(), "place");
  ASSERT_TRUE(first && wrapped);
  EXPECT_EQ(wrapped->school_key, first->id);
  auto second = operators.make_school_key();
  ASSERT_TRUE(second);
  EXPECT_EQ(server.wrap(kSchool, server.make_data_key(), "place")->school_key, second->id) << "made within the same second";
  EXPECT_TRUE(server.unwrap(kSchool, *wrapped, "place"));
  EXPECT_EQ(server.school_keys()->size(), 2u);
}

TEST_F(FieldCipherTest, AKeyFileIsItsOwnersAlone) {
  FieldCipher cipher = open();
  auto key = cipher.make_school_key();
  ASSERT_TRUE(key);
  struct stat status {};
  ASSERT_EQ(stat(file_of(*key).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  ASSERT_EQ(stat(keys().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
  for (mode_t open_mode : {0604, 0602, 0620}) {
    ASSERT_EQ(chmod(file_of(*key).c_str(), open_mode), 0);
    EXPECT_EQ(said(open().can_wrap()), "keys.open_to_others") << std::oct << open_mode;
  }
  ASSERT_EQ(chmod(file_of(*key).c_str(), 0640), 0);
  EXPECT_EQ(said(open().can_wrap()), "fine") << "the service may read it by its group";
  ASSERT_EQ(chmod(keys().c_str(), 0722), 0);
  EXPECT_EQ(said(open().can_wrap()), "keys.open_to_others");
}

TEST_F(FieldCipherTest, AMissingWrongBrokenOrDoubledKeyOpensNothing) {
  FieldCipher cipher = open();
  auto key = cipher.make_school_key();
  ASSERT_TRUE(key);
  auto wrapped = cipher.wrap(kSchool, cipher.make_data_key(), "place");
  ASSERT_TRUE(wrapped);
  std::string file = file_of(*key), aside = folder_.path() + "/aside";
  std::filesystem::copy_file(file, keys() + "/copy.shidekey");
  std::filesystem::permissions(keys() + "/copy.shidekey", std::filesystem::perms::owner_read);
  EXPECT_EQ(said(open().unwrap(kSchool, *wrapped, "place")), "keys.twice");
  std::filesystem::remove(keys() + "/copy.shidekey");
  std::filesystem::rename(file, aside);
  EXPECT_EQ(said(open().unwrap(kSchool, *wrapped, "place")), "keys.missing");
  // Another key under the same id, as where a database is restored beside the keys of another machine.
  std::ifstream in(aside);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  std::size_t at = text.find("key \"") + 5;
  text[at] = text[at] == 'A' ? 'B' : 'A';
  auto put = [&](const std::string& words) {
    std::ofstream(file) << words;
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  };
  put(text);
  EXPECT_EQ(said(open().unwrap(kSchool, *wrapped, "place")), "keys.wrong");
  for (const char* words : {"", "id \"a\"", "id \"../a\"\nmade \"2021-01-24 20:30\"\nexpires \"2023-01-24\"\nkey \"AAAA\"\n", "{{{"}) {
    put(words);
    EXPECT_EQ(said(open().unwrap(kSchool, *wrapped, "place")), "keys.broken") << words;
  }
}

TEST_F(FieldCipherTest, AnExpiredKeyOpensButClosesNothingNew) {
  FieldCipher cipher = open();
  ASSERT_TRUE(cipher.make_school_key());
  auto wrapped = cipher.wrap(kSchool, cipher.make_data_key(), "place");
  ASSERT_TRUE(wrapped);
  clock_.advance(3 * 366 * kDay);
  FieldCipher later = open();
  EXPECT_EQ(said(later.wrap(kSchool, later.make_data_key(), "place")), "keys.expired");
  EXPECT_EQ(said(later.unwrap(kSchool, *wrapped, "place")), "fine");
  ASSERT_TRUE(later.make_school_key());
  EXPECT_EQ(said(later.can_wrap()), "fine");
}

TEST_F(FieldCipherTest, AKeyMadeAfterTheClockWasSetBackIsTheNewest) {
  FieldCipher cipher = open();
  ASSERT_TRUE(cipher.make_school_key());
  clock_.advance(-kDay);
  FieldCipher earlier = open();
  auto second = earlier.make_school_key();
  ASSERT_TRUE(second);
  EXPECT_EQ(earlier.school_keys()->front().id, second->id);
}

}  // namespace
}  // namespace shide::testing
