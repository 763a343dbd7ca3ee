// Who belonged where from when to when (D12): pupils to their class, teachers to a grade group, as its leader, as the homeroom teacher of a
// class. Every verb that changes one of these says so here, in its own transaction. What is about a visit needs none of it: that row
// keeps the class and grade of its day by itself.
//
//     SHIDE_CHECK(note_posts(unit, school, year, today, ids));     // once before the change, once after it
//     SHIDE_CHECK(note_class(unit, student, before, today, ids));  // when a pupil came, or moved from `before`
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

/// Ids made before a transaction, handed out in order; `rewind` where the transaction may run again.
class FreshIds {
 public:
  FreshIds(std::size_t count, Time now);
  void rewind() { next_ = 0; }
  template <class T>
  Id<T> take() { return {ids_.at(next_++)}; }

 private:
  std::vector<std::string> ids_;
  std::size_t next_ = 0;
};

/// More ids than the posts of one school year ask for, twice.
inline constexpr std::size_t kIdsForPosts = 3000;

/// Closes the posts that stand no more and opens those that are new, from `today` on. Those that stood before anything was noted in
/// this school year began with it, on 1 September.
Result<void> note_posts(ports::Unit& unit, const Id<model::School>& school, const std::string& school_year, Date today, FreshIds& ids);

/// The school year ends with that day, and all its posts.
Result<void> end_posts(ports::Unit& unit, const std::string& school_year, Date last);

/// `before`: the place the pupil had; nothing for one who is new. Takes two ids at most.
Result<void> note_class(ports::Unit& unit, const model::Student& student, const std::optional<model::Place>& before, Date today, FreshIds& ids);
/// The pupil is in no class any more; `last` is the last day.
Result<void> note_leaving(ports::Unit& unit, const model::Student& student, Date last, FreshIds& ids);

/// Nothing is left of where the pupil was.
Result<void> forget_classes(ports::Unit& unit, const Id<model::School>& school, const Id<model::Student>& student);

/// Oldest first.
Result<std::vector<model::TeacherPost>> posts_of_class(ports::Ports& ports, const model::Actor& actor, const Id<model::SchoolClass>& id);
Result<std::vector<model::TeacherPost>> posts_of_group(ports::Ports& ports, const model::Actor& actor, const Id<model::GradeGroup>& id);

}  // namespace shide::workflow
