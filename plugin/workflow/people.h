// The colleagues' accounts: who may sign in, in which roles; the slips that let them in the first time: slips.h (D13). For the IT
// administrator, who sees no business data; the operator at the machine acts as one (`operator_of`).
//
// There is always an administrator who can sign in, and nobody is administrator and auditor in one person.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

struct Colleague {
  model::Account account;
  std::optional<model::Teacher> teacher;  // for who teaches
  std::optional<Time> slip_until;         // a slip that was not used yet is good until then
};

/// As typed. Whoever teaches has a staff number; an empty login is the staff number.
struct PersonForm {
  std::string name, staff_number, login, subject;
  std::string grade_group;          // id or name of one of this school year; may be empty
  std::vector<std::string> roles;   // codes, without those that follow from classes and grade groups
};

/// Roles a person is given; homeroom teacher and grade leader follow from the classes and groups.
std::vector<model::Role> roles_to_give();

/// The operator at the machine, as an administrator of the one school there is. kNotFound before it is set up.
Result<model::Actor> operator_of(ports::Ports& ports);

/// By name.
Result<std::vector<Colleague>> colleagues(ports::Ports& ports, const model::Actor& actor);
Result<Colleague> colleague(ports::Ports& ports, const model::Actor& actor, const Id<model::Account>& id);
/// kNotFound for a login that nobody has.
Result<Colleague> colleague_of_login(ports::Ports& ports, const model::Actor& actor, std::string_view login);

/// An account that nobody can open before it got its first slip.
Result<Colleague> add_colleague(ports::Ports& ports, const model::Actor& actor, const PersonForm& form);

/// One teacher a line, "name staff-number subject grade-group", the last two as far as known: all of them or, when a line is
/// wrong, none; kInvalid names the lines at "lines".
Result<std::vector<Colleague>> add_colleagues(ports::Ports& ports, const model::Actor& actor, std::string_view lines);

Result<Colleague> change_colleague(ports::Ports& ports, const model::Actor& actor, const Id<model::Account>& id, std::int64_t expected_version,
                                   const PersonForm& form);

/// Nobody can sign in with a disabled account; its sessions end at once.
Result<Colleague> set_disabled(ports::Ports& ports, const model::Actor& actor, const Id<model::Account>& id, bool disabled);

}  // namespace shide::workflow
