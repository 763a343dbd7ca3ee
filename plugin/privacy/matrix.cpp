#include "privacy/matrix.h"

#include <algorithm>

#include "privacy/reach.h"

namespace shide::privacy {
namespace {

using model::Actor;
using model::Level;
using model::Role;
using model::Scope;

/// Somebody with this relation and no other, and the grants that come of it.
struct Example {
  Actor actor;
  Scope scope = Scope::kSchool;
};

Example example_of(MatrixReader reader) {
  Example one;
  one.actor.school = Id<model::School>{"school"};
  one.actor.account = Id<model::Account>{"account"};
  auto teaching = [&](Role role, Scope scope) {
    one.actor.roles = {Role::kTeacher, role};
    one.actor.teacher = Id<model::Teacher>{"teacher"};
    one.scope = scope;
  };
  auto office = [&](Role role) { one.actor.roles = {role}; };
  switch (reader) {
    case MatrixReader::kVisitTeam: teaching(Role::kTeacher, Scope::kOwnVisits); break;
    case MatrixReader::kHomeroom:
      teaching(Role::kHomeroomTeacher, Scope::kClass);
      one.actor.classes = {"class"};
      break;
    case MatrixReader::kGradeLeader:
      teaching(Role::kGradeLeader, Scope::kGradeGroup);
      one.actor.grade_groups = {"grade"};
      break;
    case MatrixReader::kOneself: teaching(Role::kTeacher, Scope::kOwnSelf); break;
    case MatrixReader::kEveryStaff: office(Role::kTeacher); break;
    case MatrixReader::kStudentOffice: office(Role::kStudentOffice); break;
    case MatrixReader::kUnionEditor: office(Role::kUnionEditor); break;
    case MatrixReader::kEthicsCommittee: office(Role::kEthicsCommittee); break;
    case MatrixReader::kHr: office(Role::kHr); break;
    case MatrixReader::kHead: office(Role::kHead); break;
    case MatrixReader::kItAdmin: office(Role::kItAdmin); break;
    case MatrixReader::kAuditor: office(Role::kAuditor); break;
  }
  return one;
}

Level level_in(const model::Reach& reach, Scope scope) {
  Level level = Level::kNone;
  for (const model::Grant& grant : reach.grants()) {
    if (grant.scope == scope) level = std::max(level, grant.level);
  }
  return level;
}

}  // namespace

std::vector<MatrixCell> matrix_row(model::DataKind kind) {
  std::vector<MatrixCell> row;
  for (std::size_t i = 0; i < codes(MatrixReader{}).size(); ++i) {
    auto reader = static_cast<MatrixReader>(i);
    Example one = example_of(reader);
    row.push_back({reader, level_in(reach(one.actor, kind), one.scope), level_in(reach_with_reason(one.actor, kind, "-"), one.scope)});
  }
  return row;
}

}  // namespace shide::privacy
