#include "workflow/erase_student.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/text.h"
#include "model/section.h"
#include "privacy/reach.h"
#include "workflow/memberships.h"
#include "workflow/post.h"

namespace shide::workflow {
namespace {

using model::DataKind;
using model::Student;
using model::Visit;
using model::VisitPhoto;
using ports::Query;
using ports::Unit;

constexpr std::size_t kShortestReason = 4;  // characters

struct Met {
  ErasedStudent sums;
  std::vector<std::string> photos;  // hashes that nothing refers to any more
};

bool draws_from(const model::Post& post, const std::set<std::string>& visits) {
  std::vector<std::string_view> ids = split(post.visit_ids, ' ');
  return std::any_of(ids.begin(), ids.end(), [&](std::string_view id) { return visits.count(std::string(id)) > 0; });
}

Result<Met> forget(Unit& unit, const model::Actor& actor, const std::string& number, const std::string& reason, Time now) {
  auto reach = [&](DataKind kind) { return privacy::reach_for_job(actor.school, kind, "erase_student"); };
  SHIDE_TRY(student, unit.of<Student>().first(Query<Student>{}.where(&Student::student_number, number).newest_first(), reach(DataKind::kRegister)));
  SHIDE_TRY(visits, unit.of<Visit>().list(Query<Visit>{}.where(&Visit::student_id, student.id), reach(DataKind::kVisit)));
  std::set<std::string> of_pupil;
  for (const Visit& visit : visits) of_pupil.insert(visit.id.value);
  Met met{{static_cast<std::int64_t>(visits.size()), 0, 0}, {}};
  SHIDE_TRY(photos, unit.of<VisitPhoto>().list({}, reach(DataKind::kPhoto)));
  std::set<std::string> gone, kept;
  for (const VisitPhoto& photo : photos) (of_pupil.count(photo.place.visit_id) ? gone : kept).insert(photo.sha256);
  for (const VisitPhoto& photo : photos) {
    if (!of_pupil.count(photo.place.visit_id)) continue;
    SHIDE_CHECK(unit.of<VisitPhoto>().erase(photo));
    ++met.sums.photos;
  }
  std::set_difference(gone.begin(), gone.end(), kept.begin(), kept.end(), std::back_inserter(met.photos));
  SHIDE_TRY(posts, unit.of<model::Post>().list({}));
  for (model::Post& post : posts) {
    if (post.state == model::PostState::kWithdrawn || !draws_from(post, of_pupil)) continue;
    SHIDE_CHECK(take_back(unit, post, render({"erase.withdrawn"}, Language::kChinese), now));
    ++met.sums.posts;
  }
  SHIDE_CHECK(unit.destroy_key(student.id));
  SHIDE_CHECK(forget_classes(unit, actor.school, student.id));
  SHIDE_CHECK(unit.of<Student>().erase(student));
  SHIDE_CHECK(unit.audit(student, "name phone address text photo", reason));
  return met;
}

}  // namespace

Result<ErasedStudent> erase_student(ports::Ports& ports, const model::Actor& actor, const std::string& student_number, const std::string& reason) {
  std::string why(trim(reason));
  if (character_count(why) < kShortestReason) return Error{ErrorCode::kInvalid, {"erase.no_reason"}};
  if (trim(student_number).empty()) return not_found();
  Time now = ports.clock->now();
  SHIDE_TRY(met, ports.store->transact(actor, "erase_student", [&](Unit& unit) { return forget(unit, actor, std::string(trim(student_number)), why, now); }));
  // A photo that cannot be taken away now is named by nothing; the key of its pupil is gone either way.
  for (const std::string& sha256 : met.photos) SHIDE_CHECK(ports.photo_vault->remove(sha256));
  return met.sums;
}

}  // namespace shide::workflow
