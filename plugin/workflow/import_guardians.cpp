// The families of the chosen pupils: who to call, and where (import.h). Of a pupil who is not chosen nothing is kept, of a visit that
// is over nothing more is asked (D12, PIPL 6).
#include <algorithm>

#include "base/info_file.h"
#include "base/resource.h"
#include "base/text.h"
#include "model/visit.h"
#include "privacy/reach.h"
#include "visit/roster_rules.h"
#include "workflow/campaign.h"
#include "workflow/import_planner.h"

namespace shide::workflow {
namespace {

using model::DataKind;
using model::Guardian;
using model::Relation;
using model::SchoolClass;
using model::Visit;
using model::VisitState;
using ports::Query;

/// By every word that a list may have for it (schema/forms/imports.info).
const std::map<std::string, Relation>& relations() {
  static const std::map<std::string, Relation> all = [] {
    std::map<std::string, Relation> read;
    auto file = parse_info(resource("schema/forms/imports.info").value_or(""), "imports.info");
    if (!file) return read;
    for (const InfoEntry* entry : file->all("relation")) {
      auto relation = model::from_code<Relation>(entry->value);
      const std::string words = entry->text("words");
      for (std::string_view word : split(words, ' ')) {
        if (relation) read.emplace(std::string(word), *relation);
      }
    }
    return read;
  }();
  return all;
}

class GuardianPlanner : public ImportPlanner {
 public:
  using ImportPlanner::ImportPlanner;

  Result<void> load() override {
    SHIDE_CHECK(load_order());
    auto campaign = current_campaign_in(task_.unit);
    if (auto* error = campaign.if_error()) return error->code == ErrorCode::kNotFound ? Result<void>() : Result<void>(std::move(*error));
    SHIDE_TRY(visits, task_.unit.of<Visit>().list(Query<Visit>{}.where(&Visit::campaign_id, campaign->id), all(DataKind::kVisit)));
    for (const Visit& one : visits) {
      if (one.state != VisitState::kSubstituted && one.state != VisitState::kCancelled) visits_[one.id.value] = one;
    }
    SHIDE_TRY(chosen, task_.unit.of<model::VisitedStudent>().list(Query<model::VisitedStudent>{}.where(&model::Place::school_year, task_.school_year), all(DataKind::kStudentName)));
    for (const auto& one : chosen) {
      if (visits_.count(one.place.visit_id)) chosen_[one.place.class_id + "\t" + one.name] = one.place.visit_id;
    }
    SHIDE_TRY(known, task_.unit.of<Guardian>().list(Query<Guardian>{}.where(&model::Place::school_year, task_.school_year), all(DataKind::kGuardianContact)));
    for (const Guardian& one : known) by_visit_[one.place.visit_id] = one.id.value;
    guardians_.fill(std::move(known));
    return {};
  }

  void plan(const ImportLine& line) override {
    std::string name = checked(line, "name", 40), who = checked(line, "guardian", 40), address = checked(line, "address", 120);
    const SchoolClass* school_class = class_wanted("class", cell(line, "class"));
    if (name.empty() && !is_blocked()) block("name", {"field.empty"}, {"import.name_advice"});
    if (who.empty() && !is_blocked()) block("guardian", {"field.empty"}, {"import.guardian_advice"});
    std::optional<std::string> phone = phone_in(line);
    Relation relation = relation_in(line);
    if (is_blocked()) return;
    auto found = chosen_.find(school_class->id.value + "\t" + name);
    if (found == chosen_.end()) return block("name", {"import.not_chosen"}, {"import.not_chosen_advice"});
    const Visit& visit = visits_.at(found->second);
    if (visit.state == VisitState::kRecorded) return block("name", {"import.visit_over"}, {"import.visit_over_advice"});
    if (!met_.insert(visit.id.value).second) return block("name", {"import.guardian_twice"}, {"import.guardian_twice_advice"});
    keep(visit, who, relation, *phone, address);
  }

  Result<void> save() override {
    for (const std::string& id : guardians_.marked()) {
      Guardian row = *guardians_.find(id);
      SHIDE_CHECK(task_.unit.of<Guardian>().save(row));
      SHIDE_CHECK(task_.unit.audit(row, "name relation phone address"));
    }
    return {};
  }

 private:
  model::Reach all(DataKind kind) const { return privacy::reach_for_job(task_.actor.school, kind, "import_list"); }

  std::optional<std::string> phone_in(const ImportLine& line) {
    if (is_shortened(line, "phone")) return std::nullopt;
    auto phone = visit::plain_phone(cell(line, "phone"));
    if (!phone) block("phone", {"roster.phone_wrong"}, {"import.phone_advice"});
    return phone;
  }

  Relation relation_in(const ImportLine& line) {
    const std::string& word = cell(line, "relation");
    if (word.empty()) return Relation::kOtherGuardian;
    auto found = relations().find(word);
    if (found == relations().end()) block("relation", {"import.relation_unknown"}, {"import.relation_advice"});
    return found == relations().end() ? Relation::kOtherGuardian : found->second;
  }

  /// What changes is named by its field alone: an old telephone number is nobody's business.
  void keep(const Visit& visit, const std::string& who, Relation relation, const std::string& phone, const std::string& address) {
    auto known = by_visit_.find(visit.id.value);
    Guardian row;
    if (known != by_visit_.end()) row = *guardians_.find(known->second);
    else {
      row.id = task_.ids.take<Guardian>();
      row.school_id = task_.actor.school;
      row.place = visit.place;
      row.student_id = visit.student_id;
    }
    auto set = [&](const char* field, auto& now, const auto& wanted) {
      if (now == wanted) return;
      now = wanted;
      if (known != by_visit_.end()) current().changes.push_back({"import.changes_field", {{"field", Phrase{"import_field." + std::string(field)}}}});
    };
    set("guardian", row.name, who);
    if (!cell_is_empty("relation") || known == by_visit_.end()) set("relation", row.relation, relation);
    set("phone", row.phone, phone);
    if (!address.empty()) set("address", row.address, address);
    row.is_guardian = row.relation != Relation::kCarer;
    if (known == by_visit_.end()) current().fate = Fate::kAdd;
    else if (current().changes.empty()) return;
    by_visit_[visit.id.value] = row.id.value;
    guardians_.add(row);
  }

  bool cell_is_empty(std::string_view field) const { return cell(task_.list.lines[lines.size() - 1], field).empty(); }

  std::map<std::string, Visit> visits_;
  std::map<std::string, std::string> chosen_;    // class and name -> visit
  std::map<std::string, std::string> by_visit_;  // visit -> guardian
  Shelf<Guardian> guardians_;
  std::set<std::string> met_;
};

}  // namespace

std::unique_ptr<ImportPlanner> guardian_planner(const ImportTask& task) { return std::make_unique<GuardianPlanner>(task); }

}  // namespace shide::workflow
