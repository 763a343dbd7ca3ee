// What has served is destroyed (PIPL 19, 47), by the periods of schema/rules/retention.info: telephone numbers and addresses, photos,
// what was written about a pupil who left, consents that were withdrawn, ratings. Every piece leaves a line in the log, which is the
// register of what was destroyed.
//
//     due_for_destruction(ports, school)  ->  {kContact, "guardians", 018f..., 2021-02-22}, ...
#pragma once

#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

enum class Perishable { kContact, kPhoto, kRecord, kConsent, kRating };
/// "destroy_contact", ...: the verbs of the log.
constexpr auto codes(Perishable) {
  return std::to_array<std::string_view>({"destroy_contact", "destroy_photo", "destroy_record", "destroy_consent", "destroy_rating"});
}

/// One row that may go, and the last day it was wanted. Of a record the object is the pupil.
struct Overdue {
  Perishable what = Perishable::kContact;
  std::string object_id;
  Date wanted_until;
};

/// How many grades the school has: who is in the last one leaves when the school year is over.
Result<int> grades_of_school();

/// What is over on the day of the ports' clock, of one school; kConfiguration when the periods make no sense.
Result<std::vector<Overdue>> due_for_destruction(ports::Ports& ports, const Id<model::School>& school);

/// A job, once a day a school: destroys what is over. Answers how many pieces.
Result<int> keep_retention(ports::Ports& ports);

/// The newest lines of the register, what people had destroyed among them.
Result<std::vector<model::AuditEvent>> destroyed(ports::Ports& ports, const Id<model::School>& school);

}  // namespace shide::workflow
