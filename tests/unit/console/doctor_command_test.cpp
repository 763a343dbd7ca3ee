#include "console/doctor_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "support/command_line.h"

namespace shide::console {
namespace {

using ::testing::HasSubstr;

class KindReader : public ports::PhotoReader {
 public:
  Result<ports::CleanPhoto> read(std::string_view) override { return ports::CleanPhoto{}; }
};

class DoctorCommand : public testing::CommandLine {
 protected:
  DoctorCommand() : folder_(std::filesystem::temp_directory_path() / ("shide-doctor-" + new_uuid(SystemClock().now()))) {
    std::filesystem::create_directory(folder_);
    open_to(std::filesystem::perms::owner_all);
    environment.options_set = {{"data.directory", folder_.string()}};
    house.ports.photo_reader = std::make_unique<KindReader>();
    EXPECT_TRUE(house.ports.seal->make_key("2021a", *parse_date("2022-08-31")));
  }
  ~DoctorCommand() override { std::filesystem::remove_all(folder_); }
  void open_to(std::filesystem::perms rights) { std::filesystem::permissions(folder_, rights); }

  std::filesystem::path folder_;
};

TEST_F(DoctorCommand, SaysOfEachThingThatItIsWell) {
  EXPECT_EQ(doctor_command({}, streams, environment), kFine) << out;
  std::string lines;
  for (const char* check : {"configuration", "data_directory", "disk", "database", "photo_program", "audit_key", "steps", "clock"}) {
    lines += "{\"check\":\"" + std::string(check) + "\",\"ok\":true}\n";
  }
  EXPECT_EQ(out, lines);
}

TEST_F(DoctorCommand, SaysWhatToDoAboutADirectoryThatOthersMayEnter) {
  open_to(std::filesystem::perms::owner_all | std::filesystem::perms::others_read);
  EXPECT_EQ(doctor_command({}, streams, environment), kFoundWrong);
  EXPECT_THAT(out, HasSubstr("{\"check\":\"data_directory\",\"ok\":false,\"do\":\""));
  EXPECT_THAT(out, HasSubstr("chmod 700"));
}

TEST_F(DoctorCommand, MissesADirectoryThatIsNotThere) {
  environment.options_set = {{"data.directory", folder_.string() + "/none"}};
  EXPECT_EQ(doctor_command({}, streams, environment), kFoundWrong);
  EXPECT_THAT(out, HasSubstr("{\"check\":\"data_directory\",\"ok\":false"));
}

TEST_F(DoctorCommand, RefusesAnArgument) {
  EXPECT_EQ(doctor_command({"all"}, streams, environment), kWrongUsage);
  EXPECT_EQ(out, "");
}

}  // namespace
}  // namespace shide::console
