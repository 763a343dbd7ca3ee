// Who asks: a signed-in person, an API token, a job, or the public.
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>

#include "base/id.h"
#include "model/code.h"

namespace shide::model {

struct Account;
struct GradeGroup;
struct School;
struct SchoolClass;
struct Teacher;

/// The same words in code, API, audit and demo (glossary). A CMS never decides them (D13).
enum class Role {
  kTeacher, kHomeroomTeacher, kGradeLeader, kStudentOffice, kUnionEditor, kEthicsCommittee, kHr, kHead, kItAdmin, kAuditor, kDistrict
};
constexpr auto codes(Role) {
  return std::to_array<std::string_view>({"teacher", "homeroom_teacher", "grade_leader", "student_office", "union_editor",
                                          "ethics_committee", "hr", "head", "it_admin", "auditor", "district"});
}

struct Actor {
  Id<Account> account;             // empty for the public, tokens and jobs
  Id<School> school;
  Id<Teacher> teacher;             // empty for who does not teach
  std::string name;                // shown at the right of the bar; never in a log
  std::set<Role> roles;            // homeroom_teacher and grade_leader follow from the classes and groups below
  std::set<std::string> classes;   // ids of the classes whose homeroom teacher this is now
  std::set<std::string> grade_groups;  // ids of the grade groups led now
  std::set<std::string> scopes;    // of an API token: "archive:read"
  std::string job;                 // "run_outbox" for jobs

  bool has(Role role) const { return roles.count(role) > 0; }
  bool is_public() const { return account.empty() && scopes.empty() && job.empty(); }
  /// What the audit log keeps of who it was.
  std::string trace() const;
};

}  // namespace shide::model
