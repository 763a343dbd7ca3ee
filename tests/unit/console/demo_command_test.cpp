// shidectl worker: every job there is, until nothing is left.
#include "console/demo_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/command_line.h"
#include "support/test_school.h"

namespace shide::console {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class WorkerCommand : public testing::CommandLine {
 protected:
  int work(const Arguments& arguments) { return worker_command(arguments, streams, office); }
  testing::TestSchool school;
  testing::HouseEnvironment office{school.ports};
};

TEST_F(WorkerCommand, DoesEveryJobThatIsDue) {
  school.start_visiting();
  school.hand_in(0);
  school.accept(0);
  model::FormalismSignal signal;
  signal.asked_at = school.clock->now();
  school.add(signal);
  school.clock->advance(31 * kDay);
  EXPECT_EQ(work({"--once"}), kFine);
  EXPECT_THAT(school.rows<model::ArchiveEntry>(), Not(IsEmpty()));
  EXPECT_THAT(school.rows<model::FormalismSignal>(), IsEmpty());
  EXPECT_EQ(work({}), kFine);
  EXPECT_THAT(out, HasSubstr("做完了0件")) << "the second time";
}

TEST_F(WorkerCommand, KnowsNoOtherWord) { EXPECT_EQ(work({"--twice"}), kWrongUsage); }

}  // namespace
}  // namespace shide::console
