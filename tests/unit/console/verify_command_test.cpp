#include "console/verify_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/command_line.h"

namespace shide::console {
namespace {

using ::testing::HasSubstr;

class VerifyCommand : public testing::CommandLine {
 protected:
  /// A database that finds this wrong with itself.
  void store_says(Result<std::vector<std::string>> faults) {
    class Saying : public testing::MemoryStore {
     public:
      Saying(const Clock& clock, Result<std::vector<std::string>> said) : MemoryStore(clock), said_(std::move(said)) {}
      Result<std::vector<std::string>> faults() override { return said_; }

     private:
      Result<std::vector<std::string>> said_;
    };
    house.ports.store = std::make_unique<Saying>(*house.clock, std::move(faults));
  }
};

TEST_F(VerifyCommand, IsSilentAboutWhatIsWhole) {
  EXPECT_EQ(verify_command({}, streams, environment), kFine);
  EXPECT_EQ(out, "");
  EXPECT_THAT(err, HasSubstr("0处不对"));
}

TEST_F(VerifyCommand, NamesWhatIsBroken) {
  store_says(std::vector<std::string>{"row 3 missing from index students_number"});
  EXPECT_EQ(verify_command({}, streams, environment), kFoundWrong);
  EXPECT_THAT(out, HasSubstr(R"({"object":"database","id":"","what":")"));
  EXPECT_THAT(out, HasSubstr("students_number"));
}

TEST_F(VerifyCommand, TellsADatabaseThatDoesNotAnswerFromABrokenOne) {
  store_says(Error{ErrorCode::kUnavailable, {"store.not_ready"}});
  EXPECT_EQ(verify_command({}, streams, environment), kCouldNot);
  EXPECT_EQ(verify_command({"--deep"}, streams, environment), kWrongUsage);
}

}  // namespace
}  // namespace shide::console
