// From the operator's export to the auditor's check, by files alone.
#include "console/audit_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/digest.h"
#include "base/text.h"
#include "console/verify_command.h"
#include "support/command_line.h"
#include "workflow/job.h"

namespace shide::console {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class AuditCommand : public testing::CommandLine {
 protected:
  AuditCommand() : folder(fs::temp_directory_path() / ("audit-" + random_token(9))) { fs::create_directories(folder); }
  ~AuditCommand() override { fs::remove_all(folder); }

  void make_school() {
    model::School school;
    school.id = school.school_id = new_id<model::School>(house.clock->now());
    auto saved = house.ports.store->transact(workflow::job_actor(school.id, "test"), "set_up_school", [&](ports::Unit& unit) -> Result<void> {
      model::School row = school;
      SHIDE_CHECK(unit.of<model::School>().save(row));
      return unit.audit(row, "all");
    });
    ASSERT_TRUE(saved);
  }
  int audit(const Arguments& arguments) {
    out.clear(), err.clear();
    return audit_command(arguments, streams, environment);
  }
  int verify(const Arguments& arguments) {
    out.clear(), err.clear();
    return run(arguments, streams, environment);
  }
  std::string file(const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
    return (folder / name).string();
  }
  fs::path folder;
};

TEST_F(AuditCommand, WhatIsExportedIsVerifiedWithNothingElse) {
  make_school();
  ASSERT_EQ(audit({"new-key", "2021a", "--until", "2022-08-31"}), kFine) << err;
  std::string key = file("2021a.pub", out);
  ASSERT_EQ(audit({"export"}), kFine) << err;
  std::string log = out;
  std::string whole = file("log.jsonl", log);
  EXPECT_EQ(verify({"--lang", "en", "verify", "--export", whole, "--key", key}), kFine) << out << err;
  EXPECT_THAT(out, IsEmpty());
  EXPECT_THAT(err, HasSubstr("0 things are wrong"));

  std::string edited = file("edited.jsonl", replace_all(log, "set_up_school", "sign_in"));
  EXPECT_EQ(verify({"verify", "--export", edited, "--key", key}), kFoundWrong);
  EXPECT_THAT(out, HasSubstr(R"({"object":"audit_events","what":")"));

  std::string head(split(log, '\n').at(split(log, '\n').size() - 3));
  EXPECT_EQ(verify({"verify", "--export", whole, "--key", key, "--head", file("head.json", head + "\n")}), kFine) << out << err;
}

TEST_F(AuditCommand, RefusesWhatItCannotUse) {
  make_school();
  ASSERT_EQ(audit({"new-key", "2021a", "--until", "2022-08-31"}), kFine);
  std::string key = file("2021a.pub", out), none = file("none", "nothing");
  EXPECT_EQ(audit({"keys"}), kFine);
  EXPECT_EQ(out, [&] { std::ifstream in(key); return std::string(std::istreambuf_iterator<char>(in), {}); }());
  EXPECT_EQ(verify({"verify", "--export", none, "--key", none}), kCouldNot);
  EXPECT_THAT(err, HasSubstr("不是审计日志的钥匙"));
  EXPECT_EQ(verify({"verify", "--export", none, "--key", key, "--head", none}), kCouldNot);
  EXPECT_EQ(verify({"verify", "--export", (folder / "gone").string(), "--key", key}), kCouldNot);
  EXPECT_EQ(verify({"verify", "--export", none, "--key", key}), kFoundWrong);
  EXPECT_EQ(verify({"verify", "--export", none}), kWrongUsage);
  EXPECT_EQ(verify({"verify", "--export", none, "--key"}), kWrongUsage);
  std::string again = file("again.pub", "shide-audit-key 1\nid 2021a\nuntil 2022-08-31\npublic d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\n");
  EXPECT_EQ(verify({"verify", "--export", none, "--key", key, "--key", again}), kCouldNot) << "two keys of one id";
}

TEST_F(AuditCommand, SaysWhatItWants) {
  EXPECT_EQ(audit({}), kWrongUsage);
  EXPECT_EQ(audit({"export", "more"}), kWrongUsage);
  EXPECT_EQ(audit({"new-key", "a"}), kWrongUsage);
  EXPECT_EQ(audit({"new-key", "a", "--until", "2021-02-30"}), kWrongUsage);
  EXPECT_EQ(audit({"export"}), kFoundWrong) << "no school yet";
  make_school();
  EXPECT_EQ(audit({"export"}), kFoundWrong) << "no key";
  EXPECT_THAT(err, HasSubstr("new-key"));
  ASSERT_EQ(audit({"new-key", "a", "--until", "2022-08-31"}), kFine);
  EXPECT_EQ(audit({"new-key", "a", "--until", "2022-08-31"}), kFoundWrong);
}

}  // namespace
}  // namespace shide::console
