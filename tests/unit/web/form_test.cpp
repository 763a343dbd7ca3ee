// Bodies of forms: what is taken, and what is refused whole.
#include "web/form.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/source_dir.h"

namespace shide::web {
namespace {

constexpr char kType[] = "multipart/form-data; boundary=\"----x\"";

std::string part(std::string_view head, std::string_view content) {
  return "------x\r\nContent-Disposition: form-data; " + std::string(head) + "\r\n\r\n" + std::string(content) + "\r\n";
}
const std::string kEnd = "------x--\r\n";

std::string refusal(const Result<Form>& form) { return form ? "taken" : form.error().phrase.code; }

TEST(Form, ReadsUrlencodedFieldsInOrder) {
  auto form = parse_form("application/x-www-form-urlencoded; charset=UTF-8", "topic=a&topic=b&note=%E5%A5%BD+%E7%9A%84", {});
  ASSERT_TRUE(form);
  EXPECT_EQ(form->all("topic"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(form->text("note"), "好 的");
  EXPECT_FALSE(form->has("other"));
}

TEST(Form, ReadsMultipartTextsAndFiles_S51) {
  std::string bytes("\xff\xd8\0\r\n--x\r\n------", 15);
  auto form = parse_form(kType, part("name=\"note\"", "第一行\r\n第二行") + part("name=\"empty\"", "") +
                                    part("name=\"photo\"; filename=\"C:\\fakepath\\窗 %221%22.jpg\"\r\nContent-Type: image/jpeg", bytes) + kEnd, {});
  ASSERT_TRUE(form) << refusal(form);
  EXPECT_EQ(form->text("note"), "第一行\r\n第二行");
  EXPECT_TRUE(form->has("empty"));
  const Upload* photo = form->file("photo");
  ASSERT_TRUE(photo);
  EXPECT_EQ(photo->file_name, "窗 \"1\".jpg");
  EXPECT_EQ(photo->content_type, "image/jpeg");
  EXPECT_EQ(photo->bytes, bytes);
}

TEST(Form, AFileInputLeftEmptyIsNoFile) {
  auto form = parse_form(kType, part("name=\"photo\"; filename=\"\"", "") + kEnd, {});
  ASSERT_TRUE(form);
  EXPECT_FALSE(form->file("photo"));
}

TEST(Form, RefusesWhatDoesNotKeepToTheGrammar) {
  std::string good = part("name=\"a\"", "1");
  for (const std::string& body : {std::string(), good, std::string("------x--x") .substr(0, 7), std::string("------y\r\n") + good, good + "------x", good + "------xx\r\n",
                                  std::string("------x\r\nContent-Disposition: form-data\r\n\r\n1\r\n") + kEnd,
                                  std::string("------x\r\nContent-Type: text/plain\r\n\r\n1\r\n") + kEnd,
                                  std::string("------x\r\nno colon here\r\n\r\n1\r\n") + kEnd, part("name=\"\"", "1") + kEnd}) {
    EXPECT_EQ(refusal(parse_form(kType, body, {})), "form.broken") << body;
  }
  EXPECT_EQ(refusal(parse_form("multipart/form-data", good + kEnd, {})), "form.broken");
  EXPECT_EQ(refusal(parse_form("multipart/form-data; boundary=" + std::string(71, 'x'), good + kEnd, {})), "form.broken");
  EXPECT_EQ(refusal(parse_form("text/plain", "a=1", {})), "form.unsupported");
}

TEST(Form, KeepsToItsLimits) {
  FormLimits limits{.parts = 2, .pairs = 2, .part_bytes = 10, .text_bytes = 5, .total_bytes = 4000, .header_bytes = 200};
  std::string one = part("name=\"a\"", "1");
  EXPECT_EQ(refusal(parse_form(kType, one + one + kEnd, limits)), "taken");
  EXPECT_EQ(refusal(parse_form(kType, one + one + one + kEnd, limits)), "form.too_many_parts");
  EXPECT_EQ(refusal(parse_form(kType, part("name=\"a\"", "123456") + kEnd, limits)), "form.text_too_long");
  auto large = parse_form(kType, part("name=\"p\"; filename=\"p\"", "12345678901") + one + kEnd, limits);
  ASSERT_TRUE(large) << "the words beside it are kept";
  EXPECT_TRUE(large->file("p")->too_large());
  EXPECT_EQ(large->file("p")->size, 11u);
  EXPECT_EQ(large->file("p")->bytes, "");
  EXPECT_EQ(large->text("a"), "1");
  EXPECT_EQ(parse_form(kType, part("name=\"a\"; x=\"" + std::string(300, 'y') + "\"", "1") + kEnd, limits).error().code, ErrorCode::kTooLarge);
  EXPECT_EQ(refusal(parse_form(kType, std::string(4001, '-'), limits)), "form.too_large");
  EXPECT_EQ(refusal(parse_form("application/x-www-form-urlencoded", "a=1&b=2&c=3", limits)), "form.too_many_parts");
}

TEST(Form, ANulAmongPastedTextIsDropped) {
  EXPECT_EQ(parse_form(kType, part("name=\"a\"", std::string_view("x\0y", 3)) + kEnd, {})->text("a"), "xy");
  EXPECT_EQ(parse_form("application/x-www-form-urlencoded", "a=x%00y&b=%2500", {})->text("a"), "xy");
  EXPECT_EQ(parse_form("application/x-www-form-urlencoded", "a=x%00y&b=%2500", {})->text("b"), "%00");
}

TEST(Form, NumbersInHiddenFieldsArePlain) {
  auto form = parse_form("application/x-www-form-urlencoded", "a=17&b=-1&c=1e3&d=&e=99999999999999999999&f=0x1", {});
  EXPECT_EQ(form->number("a"), 17);
  for (const char* name : {"b", "c", "d", "e", "f", "absent"}) EXPECT_EQ(form->number(name), 0) << name;
}

TEST(Form, TextsAreValidUtf8) {
  EXPECT_EQ(refusal(parse_form(kType, part("name=\"a\"", "\xed\xa0\x80") + kEnd, {})), "form.not_text");
  EXPECT_EQ(refusal(parse_form(kType, part("name=\"\xff\"", "1") + kEnd, {})), "form.not_text");
  EXPECT_EQ(refusal(parse_form("application/x-www-form-urlencoded", "a=%ED%A0%80", {})), "form.not_text");
}

/// However the bytes are cut on their way, they make the same form; what stands behind the end is read too.
TEST(Form, AMultipartBodyMayArriveInAnyPieces) {
  std::string body = part("name=\"note\"", "第一行\r\n------\r\n--第二行") + part("name=\"empty\"", "") + part("name=\"p\"; filename=\"p.jpg\"", std::string(300, '\r')) + kEnd + "what follows";
  for (std::size_t piece = 1; piece <= body.size(); ++piece) {
    std::size_t at = 0;
    auto form = read_multipart("----x", [&](char* into, std::size_t size) {
      std::size_t count = body.copy(into, std::min(size, piece), at);
      at += count;
      return static_cast<long>(count);
    }, {});
    ASSERT_TRUE(form) << piece << " " << refusal(form);
    EXPECT_EQ(form->text("note"), "第一行\r\n------\r\n--第二行");
    EXPECT_TRUE(form->has("empty"));
    ASSERT_TRUE(form->file("p"));
    EXPECT_EQ(form->file("p")->bytes, std::string(300, '\r'));
    EXPECT_EQ(at, body.size()) << piece;
  }
}

TEST(Form, AMultipartBodyThatBreaksOffIsRefused) {
  std::string body = part("name=\"note\"", "1") + part("name=\"p\"; filename=\"p\"", "22");
  std::size_t at = 0;
  auto gone = [&](char* into, std::size_t) {
    if (at == body.size()) return -1L;
    *into = body[at++];
    return 1L;
  };
  EXPECT_EQ(refusal(read_multipart("----x", gone, {})), "form.broken");
  // Refused at its second part, but read to its end: the connection goes on with the next request.
  std::string whole = part("name=\"a\"", "1") + part("no name", "2") + std::string(200'000, 'x');
  at = 0;
  auto pieces = [&](char* into, std::size_t size) {
    std::size_t count = whole.copy(into, size, at);
    at += count;
    return static_cast<long>(count);
  };
  EXPECT_EQ(refusal(read_multipart("----x", pieces, {})), "form.broken");
  EXPECT_EQ(at, whole.size());
  // Without an announced length the limit ends it.
  long asked = 0;
  auto endless = [&](char* into, std::size_t size) {
    ++asked;
    std::fill(into, into + size, 'x');
    return static_cast<long>(size);
  };
  EXPECT_EQ(refusal(read_multipart("----x", endless, FormLimits{.total_bytes = 1'000'000})), "form.too_large");
  EXPECT_LT(asked, 20);
}

/// The corpus of the fuzz target: every file is replayed, and each parse must end with a form or a refusal that has a text.
TEST(Form, TheFuzzCorpusIsTakenOrRefusedInWords) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_dir() / "tests/fuzz/corpus/multipart")) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::string body{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    for (std::size_t length = 0; length <= body.size(); ++length) {
      auto form = parse_multipart("x", std::string_view(body).substr(0, length), {});
      if (!form) {
        EXPECT_FALSE(text_of(form.error().phrase.code, Language::kChinese).empty()) << entry.path();
      }
    }
    auto whole = parse_multipart("x", body, {});
    EXPECT_EQ(whole.ok(), entry.path().filename().string().starts_with("good")) << entry.path() << " " << refusal(whole);
    ++files;
  }
  EXPECT_GE(files, 8);
}

}  // namespace
}  // namespace shide::web
