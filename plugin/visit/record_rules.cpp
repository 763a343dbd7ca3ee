#include "visit/record_rules.h"

#include <algorithm>

#include "base/field_check.h"

namespace shide::visit {

using model::VisitMode;
using model::VisitRecord;

Result<void> fill_record(VisitRecord& record, const RecordForm& form, Time now) {
  FieldCheck check;
  record.visited_at = check.optional_time("visited_at", form.visited_at);
  if (record.visited_at && *record.visited_at > now) check.problem("visited_at", {"record.day_not_yet"});
  if (record.visited_at && now - *record.visited_at > 366 * kDay) check.problem("visited_at", {"record.day_long_ago"});
  record.mode.reset();
  if (!form.mode.empty()) {
    record.mode = model::from_code<VisitMode>(form.mode);
    if (!record.mode) check.problem("mode", {"field.not_offered"});
  }
  record.topics.clear();
  for (const std::string& code : form.topics) {
    if (auto topic = model::from_code<model::OutreachTopic>(code)) record.topics.insert(*topic);
    else check.problem("topics", {"field.not_offered"});
  }
  record.narrative = check.text("narrative", form.narrative, {0, 5000});
  record.reflection = check.text("reflection", form.reflection, {0, 3000});
  record.alone_reason = check.line("alone_reason", form.alone_reason, {0, 200});
  record.outside_window_reason = check.line("outside_window_reason", form.outside_window_reason, {0, 200});
  record.late_preparation_reason = check.line("late_preparation_reason", form.late_preparation_reason, {0, 200});
  record.photo_waiver = check.line("photo_waiver", form.photo_waiver, {0, 200});
  record.no_demand = form.no_demand ? "yes" : "";
  if (!check.fine()) return check.error();
  return {};
}

std::vector<std::string> reasons_needed(const VisitRecord& record, const RecordCircumstances& circumstances) {
  std::vector<std::string> needed;
  auto came = std::count_if(circumstances.team.begin(), circumstances.team.end(),
                            [](const model::CoVisitor& one) { return one.attendance != model::Attendance::kAbsent; });
  if (came < 2) needed.push_back("alone_reason");
  if (!record.visited_at) return needed;
  Date day = date_of(*record.visited_at);
  const model::Campaign& campaign = circumstances.campaign;
  bool is_outside = day < campaign.visit_from || day > campaign.visit_to;
  if (is_outside && !circumstances.was_in_window) needed.push_back("outside_window_reason");
  const auto& sealed = circumstances.preparation.sealed_at;
  if (!sealed || *sealed > *record.visited_at) needed.push_back("late_preparation_reason");
  return needed;
}

bool needs_photos(const VisitRecord& record) {
  return record.mode == VisitMode::kHome || record.mode == VisitMode::kNearby;
}

std::vector<Problem> missing_parts(const VisitRecord& record, const RecordCircumstances& circumstances) {
  std::vector<Problem> missing;
  auto miss = [&](const char* path, const char* code) { missing.push_back({path, {code}}); };
  if (!record.visited_at) miss("visited_at", "record.time_missing");
  if (!record.mode) miss("mode", "record.mode_missing");
  if (circumstances.preparation.text.empty()) miss("preparation", "record.preparation_missing");
  if (record.narrative.empty()) miss("narrative", "record.narrative_missing");
  if (record.topics.empty()) miss("topics", "record.topics_missing");
  if (circumstances.demands == 0 && record.no_demand.empty()) miss("demand_text", "record.demand_missing");
  std::size_t wanted = static_cast<std::size_t>(circumstances.campaign.photos_required);
  if (needs_photos(record) && record.photo_waiver.empty() && !circumstances.photos_refused && circumstances.photos < wanted) {
    missing.push_back({"photos", {"record.photo_missing", {{"have", circumstances.photos}, {"want", wanted}}}});
  }
  if (record.reflection.empty()) miss("reflection", "record.reflection_missing");
  for (const std::string& field : reasons_needed(record, circumstances)) {
    bool given = (field == "alone_reason" && !record.alone_reason.empty()) ||
                 (field == "outside_window_reason" && !record.outside_window_reason.empty()) ||
                 (field == "late_preparation_reason" && !record.late_preparation_reason.empty());
    if (!given) missing.push_back({field, {"record." + field}});
  }
  return missing;
}

}  // namespace shide::visit
