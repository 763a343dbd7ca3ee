// The order of the school year, entered by the student office before a campaign can run: grade groups with their leader and
// teachers, classes with their homeroom teacher. Their pupils: class_register.h.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

/// This school year as it stands.
struct SchoolOrder {
  std::string school_year;
  std::vector<model::GradeGroup> groups;    // by grade; arts and sports last
  std::vector<model::SchoolClass> classes;  // by name
  std::vector<model::Teacher> teachers;     // who has not left, by name

  const model::Teacher* teacher(const Id<model::Teacher>& id) const;
  const model::GradeGroup* group(const Id<model::GradeGroup>& id) const;
};

struct GradeGroupForm {
  std::string name, kind, grade, leader_id;
  std::vector<std::string> member_ids;  // teachers of the group; the leader is one without saying
};

struct ClassForm {
  std::string name, grade_group_id, homeroom_teacher_id;
};

Result<SchoolOrder> school_order(ports::Ports& ports, const model::Actor& actor);

/// Its grade groups alone, for whoever says where a teacher belongs.
Result<std::vector<model::GradeGroup>> grade_groups(ports::Ports& ports, const model::Actor& actor);

/// Annex 2 of a grade that came late to a campaign under way; `ids` for as many campaigns as a school year may have.
inline constexpr int kCampaignsOfAYear = 8;
Result<void> open_missing_rosters(ports::Unit& unit, const model::GradeGroup& group, const std::vector<Id<model::Roster>>& ids);

/// `id` empty makes a new one. A campaign that was announced already gets a roster for it.
Result<model::GradeGroup> save_grade_group(ports::Ports& ports, const model::Actor& actor, const Id<model::GradeGroup>& id, std::int64_t expected_version,
                                           const GradeGroupForm& form);

/// `id` empty makes a new one. The pupils of a class go with it to another grade group.
Result<model::SchoolClass> save_class(ports::Ports& ports, const model::Actor& actor, const Id<model::SchoolClass>& id, std::int64_t expected_version,
                                      const ClassForm& form);

}  // namespace shide::workflow
