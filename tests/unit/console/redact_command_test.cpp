#include "console/redact_command.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace shide::console {
namespace {

struct Answer {
  int code = 0;
  std::vector<nlohmann::json> lines;
  std::string err;
};

Answer redact_lines(const Arguments& arguments, std::string input) {
  Answer answer;
  std::string out;
  std::size_t at = 0;
  Streams streams;
  streams.read = [&](char* into, std::size_t size) {
    std::size_t count = std::min(size, input.size() - at);
    input.copy(into, count, at);
    at += count;
    return static_cast<long>(count);
  };
  streams.out = [&](std::string_view text) { out += text; };
  streams.err = [&](std::string_view text) { answer.err += text; };
  answer.code = redact_command(arguments, streams);
  for (std::size_t from = 0; from < out.size();) {
    std::size_t end = out.find('\n', from);
    answer.lines.push_back(nlohmann::json::parse(out.substr(from, end - from)));
    from = end + 1;
  }
  return answer;
}

const std::string kNote = R"({"id":"7","text":"王小明很好，周海燕老师说","known":{"students":["王小明"],"teachers":["周海燕"]}})";

TEST(RedactCommand_S98, AnswersTheContractsFields) {
  Answer answer = redact_lines({}, kNote + "\n");
  EXPECT_EQ(answer.code, kFine);
  ASSERT_EQ(answer.lines.size(), 1u);
  EXPECT_EQ(answer.lines[0]["id"], "7");
  EXPECT_EQ(answer.lines[0]["text"], "孩子很好，老师说");
  EXPECT_EQ(answer.lines[0]["cuts"][0]["start"], 0);
  EXPECT_EQ(answer.lines[0]["cuts"][0]["end"], 3);
  EXPECT_EQ(answer.lines[0]["cuts"][0]["kind"], "student_name");
  EXPECT_EQ(answer.lines[0]["cuts"][0]["replacement"], "孩子");
  EXPECT_EQ(answer.lines[0]["left"], nlohmann::json::array());
}

TEST(RedactCommand_S98, LeavesKnownTeachersWithTheByline) {
  for (const Arguments& arguments : {Arguments{"--byline", "teachers"}, Arguments{"--byline=teachers"}}) {
    EXPECT_EQ(redact_lines(arguments, kNote).lines[0]["text"], "孩子很好，周海燕老师说");
  }
}

TEST(RedactCommand, ABadLineIsToldByItsNumberAndTheOthersGoOn) {
  Answer answer = redact_lines({}, "nonsense\n" + kNote + "\n{\"id\":1,\"text\":5}\n{\"text\":\"好\",\"known\":{\"students\":[1]}}\n" + kNote + "\n");
  EXPECT_EQ(answer.code, kFoundWrong);
  EXPECT_EQ(answer.lines.size(), 2u);
  for (const char* part : {"第1行", "第3行", "第4行", "known.students"}) EXPECT_NE(answer.err.find(part), std::string::npos) << answer.err;
}

TEST(RedactCommand, AnEmptyKnownIsAllowedAndDoubted) {
  Answer answer = redact_lines({}, R"({"id":null,"text":"今天很好","known":{}})");
  EXPECT_EQ(answer.code, kFine);
  EXPECT_EQ(answer.lines[0]["left"][0]["end"], 4);
  EXPECT_FALSE(answer.lines[0]["left"][0]["reason"].get<std::string>().empty());
}

TEST(RedactCommand, ANoteOverTheLimitIsRefusedWithItsNumber) {
  std::string text;
  for (int i = 0; i < 100'001; ++i) text += "好";
  Answer answer = redact_lines({}, "{\"text\":\"" + text + "\"}\n");
  EXPECT_EQ(answer.code, kFoundWrong);
  EXPECT_NE(answer.err.find("第1行"), std::string::npos);
}

TEST(RedactCommand, WrongUsageSaysHow) {
  Answer answer = redact_lines({"--byline", "authors"}, kNote);
  EXPECT_EQ(answer.code, kWrongUsage);
  EXPECT_NE(answer.err.find("--byline"), std::string::npos);
}

}  // namespace
}  // namespace shide::console
