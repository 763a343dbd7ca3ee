// Who may see how much of what: the table of domain 5, row by row, as it stands there. An auditor can read it without the code.
//
// Columns: the teacher of the visit, the homeroom teacher of the class, the grade leader, the student office, the union editor,
// the ethics committee, HR, the head, the IT admin, the auditor, the district, the public. A cell says what is seen as a matter of
// course, and after a slash what a stated reason opens:   full   mask   count   -
#include "privacy/reach.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide::privacy {
namespace {

using ::testing::ElementsAre;
using model::Actor;
using model::DataKind;
using model::Grant;
using model::Level;
using model::Role;
using model::Scope;

const char* const kTable = R"(
                   T     HT    GL          SD          UN    EC       HR    LD          IT    AU    DB  PB
student_name       full  full  full        full        -     -/full   -     -/full      -     -     -   -
register           -     full  -           full        -     -        -     count       -     -     -   -
guardian_contact   full  full  mask        mask/full   -     -        -     -/full      -     -     -   -
care_category      full  full  count       full        -     -        -     count/full  -     -     -   -
visit              full  full  full        full        count count    -     count/full  -     -     -   -
record_text        full  full  mask        full        -     -/full   -     count/full  -     -     -   -
photo              full  full  count/full  count/full  -     -/full   -     -/full      -     -     -   -
consent            full  full  -           full        -     -        -     -           -     -     -   -
redacted_record    full  full  full        full        full  full     mask  full        -     mask  -   -
demand             full  full  mask        full        -     count    -     full        -     -     -   -
signal             mask  -     mask        full        -     full     -     full        -     -     -   -
gift_report        full  -     -           full        -     full     -     full        -     -     -   -
team_rule          -     -     full        full        -     -        -     -           -     -     -   -
score              full  -     -           -           -     full     full  full        -     -     -   -
archive            full  -     -           -           -     -        full  full        -     -     -   -
rectification      full  -     full        full        mask  full     -     full        -     -     -   -
audit              -     -     -           -           -     -        -     mask        -     full  -   -
account            -     -     -           -           -     -        -     -           full  -     -   -
)";

constexpr std::array<std::string_view, 5> kWords = {"-", "count", "mask", "full", ""};

std::string word(Level level) { return std::string(kWords[static_cast<std::size_t>(level)]); }

/// Each relation to a row alone, as sign-in would make it; homeroom teachers and leaders are looked at for the rows of their
/// class and grade, teachers for their own visits and themselves.
struct Reader {
  std::string column;
  Actor actor;
  std::set<Scope> rows;  // the grants that this column is about
};

Reader teaching(std::string column, std::set<Scope> rows) {
  Actor actor;
  actor.account.value = "account";
  actor.school.value = "school";
  actor.teacher.value = "teacher";
  actor.roles = {Role::kTeacher};
  return {std::move(column), actor, std::move(rows)};
}

Reader office(std::string column, Role role) {
  Reader reader{std::move(column), {}, {Scope::kSchool}};
  reader.actor.account.value = "account";
  reader.actor.school.value = "school";
  reader.actor.roles = {role};
  return reader;
}

std::vector<Reader> readers() {
  std::vector<Reader> list = {teaching("T", {Scope::kOwnVisits, Scope::kOwnSelf}), teaching("HT", {Scope::kClass}), teaching("GL", {Scope::kGradeGroup})};
  list[1].actor.roles.insert(Role::kHomeroomTeacher);
  list[1].actor.classes = {"class"};
  list[2].actor.roles.insert(Role::kGradeLeader);
  list[2].actor.grade_groups = {"grade"};
  list.push_back(office("SD", Role::kStudentOffice));
  list.push_back(office("UN", Role::kUnionEditor));
  list.push_back(office("EC", Role::kEthicsCommittee));
  list.push_back(office("HR", Role::kHr));
  list.push_back(office("LD", Role::kHead));
  list.push_back(office("IT", Role::kItAdmin));
  list.push_back(office("AU", Role::kAuditor));
  list.push_back(office("DB", Role::kDistrict));
  list.push_back({"PB", {}, {Scope::kSchool}});
  return list;
}

Level level_in(const model::Reach& reach, const std::set<Scope>& rows) {
  Level level = Level::kNone;
  for (const Grant& grant : reach.grants()) {
    if (rows.count(grant.scope)) level = std::max(level, grant.level);
  }
  return level;
}

std::string cell(const Reader& reader, DataKind kind) {
  Level plain = level_in(reach(reader.actor, kind), reader.rows), told = level_in(reach_with_reason(reader.actor, kind, "家长来电"), reader.rows);
  // All staff see that a record is filed: that is no relation of class or grade, so it stands in the columns of the offices.
  return plain == told ? word(plain) : word(plain) + "/" + word(told);
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  return {std::istream_iterator<std::string>(in), {}};
}

TEST(Reach_D9_S31_S98_S101, IsTheTableOfTheDomainCellByCell) {
  std::istringstream lines(kTable);
  std::string line;
  std::getline(lines, line);
  std::getline(lines, line);
  std::vector<std::string> columns = words_of(line);
  std::vector<Reader> who = readers();
  ASSERT_EQ(columns.size(), who.size());
  std::set<std::string> seen;
  while (std::getline(lines, line)) {
    std::vector<std::string> row = words_of(line);
    ASSERT_EQ(row.size(), columns.size() + 1) << line;
    auto kind = model::from_code<DataKind>(row[0]);
    ASSERT_TRUE(kind) << row[0];
    seen.insert(row[0]);
    for (std::size_t i = 0; i < who.size(); ++i) EXPECT_EQ(cell(who[i], *kind), row[i + 1]) << row[0] << " for " << columns[i];
  }
  EXPECT_EQ(seen.size(), codes(DataKind{}).size() - 1) << "every kind but `none` has its row";
}

TEST(Reach_D9, AGrantNamesItsOwnRowsOnly) {
  Actor leader = readers()[2].actor;
  leader.classes = {"class"};
  EXPECT_THAT(reach(leader, DataKind::kRecordText).grants(),
              ElementsAre(Grant{Scope::kOwnVisits, "teacher", Level::kFull}, Grant{Scope::kClass, "class", Level::kFull}, Grant{Scope::kGradeGroup, "grade", Level::kMasked}));
  EXPECT_EQ(reach(leader, DataKind::kRecordText).school(), "school");
}

TEST(Reach_D9, ARectificationIsOwnedByAnAccountAScoreIsAboutATeacher) {
  Actor teacher = readers()[0].actor;
  EXPECT_THAT(reach(teacher, DataKind::kRectification).grants(), ElementsAre(Grant{Scope::kOwnSelf, "account", Level::kFull}));
  EXPECT_THAT(reach(teacher, DataKind::kScore).grants(), ElementsAre(Grant{Scope::kOwnSelf, "teacher", Level::kFull}));
}

TEST(Reach_D9, ARolesPrivilegesDoNotDependOnBeingATeacherToo) {
  Actor both = office("SD", Role::kStudentOffice).actor;
  both.teacher.value = "teacher";
  both.roles.insert(Role::kTeacher);
  EXPECT_EQ(reach(both, DataKind::kDemand).highest(), Level::kFull);
  EXPECT_EQ(level_in(reach(both, DataKind::kArchive), {Scope::kSchool}), Level::kNone) << "the own archive, no colleague's";
}

TEST(Reach_S111, ATokenReadsWhatItsScopeSaysAndNothingElse) {
  Actor token;
  token.account.value = "token";
  token.school.value = "school";
  token.scopes = {"archive:read"};
  for (std::size_t i = 1; i < codes(DataKind{}).size(); ++i) {
    auto kind = static_cast<DataKind>(i);
    // A token owns nothing; Scope::kOwnSelf of a rectification would be its own account, which owns none.
    EXPECT_EQ(level_in(reach(token, kind), {Scope::kSchool}), kind == DataKind::kArchive ? Level::kFull : Level::kNone) << model::code_of(kind);
  }
  token.scopes = {"archive:write"};
  EXPECT_EQ(level_in(reach(token, DataKind::kArchive), {Scope::kSchool}), Level::kNone);
}

TEST(Reach_R14, AJobSeesOneSchoolAndSaysWhichJobItIs) {
  auto reach = reach_for_job({"school"}, DataKind::kRecordText, "run_outbox");
  EXPECT_THAT(reach.grants(), ElementsAre(Grant{Scope::kSchool, "", Level::kFull}));
  EXPECT_EQ(reach.school(), "school");
  EXPECT_EQ(reach.reason(), "run_outbox");
}

TEST(Reach_D9, TheReasonTravelsWithTheReach) {
  EXPECT_EQ(reach_with_reason(readers()[7].actor, DataKind::kStudentName, "家长来电").reason(), "家长来电");
}

}  // namespace
}  // namespace shide::privacy
