// What a record (annex 3) may hold, what it still lacks before it is handed in, and which circumstances ask for a reason
// (S49..S52, S71..S77, S104..S110). The record states who really came and when: one alone, another day, preparation after
// the visit are accepted with a reason, never refused, or people learn to lie.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/campaign.h"
#include "model/visit.h"

namespace shide::visit {

/// As typed. A draft may be partial: empty fields are fine, wrong ones are not.
struct RecordForm {
  std::string visited_at, mode, narrative, reflection;
  std::vector<std::string> topics;
  std::string alone_reason, outside_window_reason, late_preparation_reason, photo_waiver;
  bool no_demand = false;
  std::optional<std::vector<std::string>> absent = {};  // teachers' ids; nothing: who came was not asked
  std::string seen = {};  // marks of the fields as the writer found them (record_merge.h); empty: not known
};

/// Writes the form into `record`, or says what is wrong; `now` refuses a visit that has not happened yet.
Result<void> fill_record(model::VisitRecord& record, const RecordForm& form, Time now);

/// All that one look at a record needs.
struct RecordCircumstances {
  model::Campaign campaign;
  model::Preparation preparation;
  std::vector<model::CoVisitor> team;
  std::size_t photos = 0;
  std::size_t demands = 0;
  bool photos_refused = false;  // the family said no to photos: asks for none, by itself (D7)
  bool was_in_window = false;   // of the plan as it stood on that day, before its days were moved
};

/// Reasons the circumstances ask for, by field name: "alone_reason", "outside_window_reason", "late_preparation_reason".
std::vector<std::string> reasons_needed(const model::VisitRecord& record, const RecordCircumstances& circumstances);

/// Photos are asked for where teachers came to the home or near it; a waiver answers too, and they earn nothing (D2, D7).
bool needs_photos(const model::VisitRecord& record);

/// What is missing before it can be handed in; empty: it can.
std::vector<Problem> missing_parts(const model::VisitRecord& record, const RecordCircumstances& circumstances);

}  // namespace shide::visit
