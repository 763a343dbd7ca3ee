#include "door/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace shide::door {
namespace {

std::string written(LogLevel level, LogLevel least, std::string_view detail) {
  char name[] = "/tmp/shide-log-test-XXXXXX";
  close(mkstemp(name));
  Log(name, least).write(level, "request.failed", "r1", detail);
  std::ifstream file(name);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  unlink(name);
  return text;
}

TEST(Log, TellsTheHostEverything) {
  std::string heard;
  auto hear = [&heard](LogLevel level, std::string_view event, std::string_view request_id, std::string_view detail) {
    heard = std::to_string(static_cast<int>(level)) + " " + std::string(event) + " " + std::string(request_id) + " " + std::string(detail);
  };
  Log("", LogLevel::kError, hear).write(LogLevel::kDebug, "request.failed", "r1", "why");
  EXPECT_EQ(heard, "3 request.failed r1 why");
  heard.clear();
  Log("/dev/null", LogLevel::kDebug, hear).write(LogLevel::kError, "request.failed", "r1", "why");
  EXPECT_EQ(heard, "");  // a file of our own wins
}

TEST(Log, WritesOneLineOfJson) {
  std::string text = written(LogLevel::kError, LogLevel::kNotice, "a\n\"b\"");
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  auto line = nlohmann::json::parse(text);
  EXPECT_EQ(line["event"], "request.failed");
  EXPECT_EQ(line["request_id"], "r1");
  EXPECT_EQ(line["detail"], "a\n\"b\"");
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  EXPECT_EQ(written(LogLevel::kDebug, LogLevel::kNotice, "x"), "");
  EXPECT_NE(written(LogLevel::kWarning, LogLevel::kWarning, "x"), "");
}

TEST(Log, SurvivesAPathThatCannotBeWritten) { Log("/nowhere/at/all", LogLevel::kDebug).write(LogLevel::kError, "x", {}, {}); }

TEST(WithoutPeople, HidesNamesAndNumbers) {
  EXPECT_EQ(without_people("duplicate key (name)=(王小明), phone 13800000000"), "duplicate key (name)=(*), phone *");
  EXPECT_EQ(without_people("三(5)班 2021"), "*(5)* *");
  EXPECT_EQ(without_people("errno 111 in sql_store.cpp:87"), "errno 111 in sql_store.cpp:87");
  EXPECT_LE(without_people(std::string(10'000, 'x')).size(), 600u);
}

TEST(ExceptionType, NamesTheOneInFlight) {
  try {
    throw std::out_of_range("王小明");
  } catch (...) {
    EXPECT_EQ(exception_type(), "std::out_of_range");
  }
}

}  // namespace
}  // namespace shide::door
