// The register of a class, pasted by the student office: names and numbers of all pupils, which redaction needs, and nothing
// more (D12).
//
//     paste_register(..., "丁小满 1001\n王思源", false)  ->  2 added; the same again: 2 standing
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

/// What a pasted list did.
struct RegisterChange {
  std::size_t added = 0, changed = 0, removed = 0, standing = 0;
  bool is_none() const { return added + changed + removed == 0; }
};

/// By number, then name; only what is within the actor's Reach.
Result<std::vector<model::Student>> register_of(ports::Ports& ports, const model::Actor& actor, const Id<model::SchoolClass>& id);

/// One pupil a line, "name" or "name number"; the same list again changes nothing. A known number corrects its name, a known name
/// receives its number. `whole`: who is not in the list leaves the register, unless chosen for a visit. kInvalid names the
/// lines at "students", never a name.
Result<RegisterChange> paste_register(ports::Ports& ports, const model::Actor& actor, const Id<model::SchoolClass>& id, std::string_view lines, bool whole);

}  // namespace shide::workflow
