#include "console/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide::console {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

Arguments seen;

int plain_command(const Arguments& arguments, Streams& streams) {
  seen = arguments;
  streams.out("plain\n");
  return kFoundWrong;
}

int store_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  seen = arguments;
  streams.out(environment.option("server.port") + "\n");
  return kFine;
}

class FakeEnvironment : public Environment {
 public:
  Result<ports::Ports*> open(const Whereabouts& whereabouts) override {
    opened = whereabouts;
    if (fails) return Error{ErrorCode::kConfiguration, {"door.no_configuration"}}.with("f:3", {"console.set_without_value"});
    return &ports_;
  }
  ports::Ports& ports() override { return ports_; }
  std::string option(std::string_view name) const override { return name == "server.port" ? "8090" : ""; }
  std::vector<OptionLine> options(Language) const override { return {{"server.port", "8090", "where"}}; }
  Whereabouts opened;
  bool fails = false;

 private:
  ports::Ports ports_;
};

class Program : public testing::Test {
 protected:
  Program() {
    streams.out = [this](std::string_view text) { out += text; };
    streams.err = [this](std::string_view text) { err += text; };
    streams.read = [](char*, std::size_t) { return 0L; };
    seen.clear();
  }
  int run(const Arguments& arguments) {
    static constexpr Command kTable[] = {{"score", plain_command}, {"migrate", store_command}};
    return console::run(arguments, streams, environment, kTable);
  }
  Streams streams;
  FakeEnvironment environment;
  std::string out, err;
};

TEST_F(Program, TellsItsVersion) {
  EXPECT_EQ(run({"version"}), kFine);
  EXPECT_THAT(out, testing::StartsWith("shide "));
}

TEST_F(Program, HandsACommandItsOwnArguments) {
  EXPECT_EQ(run({"--lang", "en", "score", "--rules", "f", "--lang", "zh"}), kFoundWrong);
  EXPECT_THAT(seen, ElementsAre("--rules", "f", "--lang", "zh"));
  EXPECT_EQ(streams.language, Language::kEnglish);
}

TEST_F(Program, LetsAPlainCommandRunUnconfigured) {
  environment.fails = true;
  EXPECT_EQ(run({"score"}), kFoundWrong);
}

TEST_F(Program, FindsTheDataBeforeAndAfterTheCommand) {
  EXPECT_EQ(run({"--set", "server.port=1", "migrate", "--data", "var", "--dry-run"}), kFine);
  EXPECT_EQ(environment.opened.data_directory, "var");
  EXPECT_THAT(environment.opened.options, ElementsAre(Pair("server.port", "1")));
  EXPECT_THAT(seen, ElementsAre("--dry-run"));
  EXPECT_EQ(out, "8090\n");
}

TEST_F(Program, SaysWhyTheDataCannotBeOpened) {
  environment.fails = true;
  EXPECT_EQ(run({"--lang", "en", "migrate"}), kCouldNot);
  EXPECT_THAT(err, HasSubstr("--data DIR"));
  EXPECT_THAT(err, HasSubstr("f:3: --set wants"));
}

TEST_F(Program, AsksWhetherAnotherCommandWasMeant) {
  EXPECT_EQ(run({"--lang", "en", "migrte"}), kWrongUsage);
  EXPECT_THAT(err, HasSubstr("did you mean migrate?"));
  EXPECT_EQ(run({"weather"}), kWrongUsage);
}

TEST_F(Program, RefusesHalfAnOption) {
  EXPECT_EQ(run({"--config"}), kWrongUsage);
  EXPECT_EQ(run({"--lang", "fr", "version"}), kWrongUsage);
  EXPECT_EQ(run({"--set", "x", "migrate"}), kWrongUsage);
  EXPECT_EQ(run({"migrate", "--data"}), kWrongUsage);
}

TEST_F(Program, WithoutACommandShowsThemAll) {
  EXPECT_EQ(run({}), kWrongUsage);
  EXPECT_THAT(out, HasSubstr("migrate"));
  EXPECT_THAT(out, HasSubstr("version"));
}

TEST_F(Program, HelpsOnOneCommandOrOnTheOptions) {
  EXPECT_EQ(run({"--lang", "en", "help", "version"}), kFine);
  EXPECT_EQ(out, "the version\n");
  EXPECT_EQ(run({"help", "options"}), kFine);
  EXPECT_THAT(out, HasSubstr("server.port"));
  EXPECT_EQ(run({"help", "weather"}), kWrongUsage);
}

TEST_F(Program, EveryRegisteredCommandHasASentenceInBothLanguages) {
  for (const Command& command : commands()) {
    for (Language language : {Language::kChinese, Language::kEnglish}) {
      EXPECT_FALSE(text_of("console.summary." + std::string(command.name), language).empty()) << command.name;
    }
  }
}

}  // namespace
}  // namespace shide::console
