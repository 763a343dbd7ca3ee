#include "workflow/annex3.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/field_check.h"
#include "base/id.h"
#include "base/resource.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "visit/filled_annex.h"
#include "visit/record_merge.h"
#include "workflow/campaign.h"

namespace shide::workflow {

using model::DataKind;
using model::Guardian;
using model::Level;
using model::RecordState;
using model::VisitPhoto;
using ports::Query;
using ports::Unit;

namespace {

/// What a reason opens besides what is open anyway: the guardian's name and the photos.
Result<void> add_under_reason(Unit& unit, const model::Actor& actor, std::string_view reason, Dossier& dossier) {
  const auto of_visit = [&] { return dossier.visit.id; };
  SHIDE_TRY(guardians, unit.of<Guardian>().list(Query<Guardian>{}.where(&model::Place::visit_id, of_visit()), privacy::reach_with_reason(actor, DataKind::kGuardianContact, reason)));
  if (!guardians.empty()) dossier.guardian = guardians.front();
  SHIDE_TRY(photos, unit.of<VisitPhoto>().list(Query<VisitPhoto>{}.where(&model::Place::visit_id, of_visit()), privacy::reach_with_reason(actor, DataKind::kPhoto, reason)));
  dossier.photos = std::move(photos);
  return {};
}

std::string names_of(const Dossier& dossier, bool homeroom) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < dossier.teachers.size(); ++i) {
    if (dossier.team[i].is_homeroom == homeroom) names.push_back(dossier.teachers[i].name);
  }
  return join(names, " ");
}

std::string mode_word(model::VisitMode mode, Language language) { return render({"visit_mode." + std::string(model::code_of(mode))}, language); }
std::string nothing_raised(Language language) { return render({"record.no_demand"}, language); }
constexpr std::size_t kLongestState = 2000;  // bytes; ten fields with their marks are 300
constexpr Language kLanguages[] = {Language::kChinese, Language::kEnglish};

std::optional<model::VisitMode> mode_of(std::string_view word) {
  for (std::string_view code : codes(model::VisitMode{})) {
    auto mode = *model::from_code<model::VisitMode>(code);
    for (Language language : kLanguages) {
      if (word == mode_word(mode, language)) return mode;
    }
  }
  return std::nullopt;
}
bool says_nothing_raised(std::string_view words) {
  return std::any_of(std::begin(kLanguages), std::end(kLanguages), [&](Language language) { return words == nothing_raised(language); });
}

std::vector<std::string> demands_of(const Dossier& dossier) {
  std::vector<std::string> texts;
  for (const model::Demand& demand : dossier.demands) {
    if (demand.level == Level::kFull) texts.push_back(demand.text);
  }
  return texts;
}

/// Lines of the paper's box that no demand says yet: each is one.
std::vector<std::string> new_demands(const Dossier& dossier, std::string_view words) {
  std::vector<std::string> known = demands_of(dossier), fresh;
  if (says_nothing_raised(words)) return fresh;
  for (std::string_view line : split(words, '\n')) {
    std::string text(trim(line));
    if (!text.empty() && std::find(known.begin(), known.end(), text) == known.end() && std::find(fresh.begin(), fresh.end(), text) == fresh.end()) fresh.push_back(text);
  }
  return fresh;
}

bool is_written_on_paper(std::string_view field) {
  return field == "visited_at" || field == "mode" || field == "narrative" || field == "demands" || field == "photos" || field == "reflection";
}

bool may_write(const Dossier& dossier) {
  RecordState state = dossier.record ? dossier.record->state : RecordState::kDraft;
  return dossier.in_team && (state == RecordState::kDraft || state == RecordState::kReturned);
}

bool says_the_same(const Dossier& dossier, std::string_view field, std::string_view words) {
  return std::any_of(std::begin(kLanguages), std::end(kLanguages), [&](Language language) { return words == clean_text(annex3_text(dossier, field, language)).value_or(""); });
}

PaperFate fate_of(const Dossier& dossier, const std::string& field, const std::string& words) {
  if (says_the_same(dossier, field, words)) return PaperFate::kSame;
  if (!is_written_on_paper(field)) return PaperFate::kNotTaken;
  if (field == "mode") return words.empty() ? PaperFate::kSame : mode_of(words) ? PaperFate::kTaken : PaperFate::kUnclear;
  if (field == "demands") {
    bool takes_back = says_nothing_raised(words) && demands_of(dossier).empty();
    return takes_back || !new_demands(dossier, words).empty() ? PaperFate::kTaken : PaperFate::kNotTaken;
  }
  return PaperFate::kTaken;
}

visit::AnnexLabels labels() {
  visit::AnnexLabels all;
  for (const InfoEntry* field : annex3_form().all("field")) {
    for (const char* language : {"zh", "en"}) all.emplace_back(field->value, field->text(language));
  }
  return all;
}

/// "12 narrative:1f2e..." as take_out_record makes it; nothing of it when it is not ours.
std::pair<std::int64_t, std::string> read_state(std::string_view state) {
  std::int64_t version = 0;
  auto [end, failure] = std::from_chars(state.data(), state.data() + state.size(), version);
  if (failure != std::errc{} || version < 0 || end == state.data() + state.size() || *end != ' ') return {0, ""};
  return {version, std::string(state.substr(static_cast<std::size_t>(end - state.data()) + 1))};
}

}  // namespace

const InfoEntry& annex3_form() {
  static const InfoEntry file = [] {
    auto read = parse_info(resource("schema/forms/annex3.info").value_or(""), "annex3.info");
    return read ? *read : InfoEntry{};
  }();
  return file;
}

model::VisitRecord record_as_shown(const Dossier& dossier) {
  model::VisitRecord shown = dossier.record.value_or(model::VisitRecord{});
  if (!shown.visited_at) shown.visited_at = dossier.visit.appointment_at;
  if (!shown.mode) shown.mode = dossier.visit.mode_planned;
  return shown;
}

std::string annex3_text(const Dossier& dossier, std::string_view field, Language language) {
  const model::VisitRecord shown = record_as_shown(dossier);
  if (field == "teacher") return names_of(dossier, true);
  if (field == "co_visitors") return names_of(dossier, false);
  if (field == "class") return dossier.school_class.name;
  if (field == "student") return dossier.student ? dossier.student->name : "";
  if (field == "guardian") return dossier.guardian ? dossier.guardian->name : "";
  if (field == "visited_at") return shown.visited_at ? to_text_minutes(*shown.visited_at) : "";
  if (field == "mode") return shown.mode ? mode_word(*shown.mode, language) : "";
  if (field == "preparation") return dossier.preparation ? dossier.preparation->text : "";
  if (field == "narrative") return shown.narrative;
  if (field == "photos") return shown.photo_waiver;
  if (field == "reflection") return shown.reflection;
  if (field != "demands") return "";
  std::vector<std::string> demands = demands_of(dossier);
  return demands.empty() && shown.no_demand == "yes" ? nothing_raised(language) : join(demands, "\n");
}

bool may_take_out_record(const Dossier& dossier) {
  bool sees_text = !dossier.record || dossier.record->level == Level::kFull;
  return sees_text && dossier.student && dossier.student->level == Level::kFull;
}

bool needs_reason_to_take_out(const Dossier& dossier) { return !dossier.in_team; }

Result<RecordOnPaper> take_out_record(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::string_view reason) {
  FieldCheck check;
  std::string said = check.line("reason", reason, {0, 100});
  if (!check.fine()) return check.error();
  RecordOnPaper paper;
  SHIDE_CHECK(ports.store->transact(actor, "take_out_record", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(dossier, load_dossier(unit, actor, id));
    if (!may_take_out_record(dossier)) return not_found();
    if (needs_reason_to_take_out(dossier)) {
      FieldCheck needed;
      (void)needed.line("reason", said, {2, 100});
      if (!needed.fine()) return needed.error();
      SHIDE_CHECK(add_under_reason(unit, actor, said, dossier));
    }
    std::sort(dossier.photos.begin(), dossier.photos.end(), [](const VisitPhoto& a, const VisitPhoto& b) { return a.slot < b.slot; });
    paper.dossier = std::move(dossier);
    paper.state = std::to_string(paper.dossier.record ? paper.dossier.record->version : 0) + " " + visit::marks_of(record_as_shown(paper.dossier));
    return unit.audit(paper.dossier.visit, "annex3", said);
  }));
  for (const VisitPhoto& photo : paper.dossier.photos) {
    SHIDE_TRY(bytes, ports.photo_vault->get(photo.sha256));
    paper.photos.push_back({std::move(bytes), photo.width, photo.height});
  }
  return paper;
}

Result<PaperSeen> look_at_paper(ports::Ports& ports, const model::Actor& actor, const ports::FilledForm& paper, const std::optional<Id<model::Visit>>& chosen) {
  PaperSeen seen;
  visit::FilledAnnex annex = visit::read_annex(paper.rows, labels());
  seen.others = std::move(annex.others);
  seen.words = std::move(annex.fields);
  if (seen.words.empty()) {
    seen.problem = {"paper.no_annex"};
    return seen;
  }
  std::optional<Id<model::Visit>> id = chosen;
  if (!id && is_uuid(paper.mark)) {
    id = Id<model::Visit>{paper.mark};
    if (paper.state.size() <= kLongestState) seen.state = paper.state;
  }
  if (!id) return seen;
  Result<Dossier> found = dossier(ports, actor, *id);
  if (!found && found.error().code != ErrorCode::kNotFound) return found.error();
  // Somebody else's visit and none at all are not told apart.
  if (!found || !found->in_team) seen.problem = {"paper.not_yours"};
  else if (!may_write(*found)) seen.problem = {"paper.handed_in"};
  if (!seen.problem.code.empty()) return seen;
  for (const InfoEntry* field : annex3_form().all("field")) {
    auto words = seen.words.find(field->value);
    if (words == seen.words.end()) continue;
    seen.lines.push_back({field->value, words->second, annex3_text(*found, field->value, Language::kChinese), fate_of(*found, field->value, words->second)});
  }
  seen.dossier = std::move(*found);
  return seen;
}

Result<std::vector<Dossier>> visits_for_paper(ports::Ports& ports, const model::Actor& actor, std::string_view student) {
  SHIDE_TRY(campaign, current_campaign(ports, actor));
  SHIDE_TRY(mine, my_visits(ports, actor, campaign.id));
  std::erase_if(mine, [](const Dossier& one) { return !may_write(one); });
  std::stable_partition(mine.begin(), mine.end(), [&](const Dossier& one) { return one.student && one.student->name == student; });
  return mine;
}

Result<PaperForm> paper_form(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::string_view state, const std::map<std::string, std::string>& words) {
  SHIDE_TRY(found, dossier(ports, actor, id));
  if (!may_write(found)) return not_found();
  model::VisitRecord now = record_as_shown(found);
  PaperForm paper;
  visit::RecordForm& form = paper.form;
  std::tie(paper.version, form.seen) = read_state(state);
  form.visited_at = now.visited_at ? to_text_minutes(*now.visited_at) : "";
  form.mode = now.mode ? std::string(model::code_of(*now.mode)) : "";
  form.narrative = now.narrative;
  form.reflection = now.reflection;
  for (auto topic : now.topics) form.topics.emplace_back(model::code_of(topic));
  form.alone_reason = now.alone_reason;
  form.outside_window_reason = now.outside_window_reason;
  form.late_preparation_reason = now.late_preparation_reason;
  form.photo_waiver = now.photo_waiver;
  form.no_demand = now.no_demand == "yes";
  for (const auto& [field, said] : words) {
    if (field == "visited_at") form.visited_at = said;
    if (field == "mode" && mode_of(said)) form.mode = model::code_of(*mode_of(said));
    if (field == "narrative") form.narrative = said;
    if (field == "reflection") form.reflection = said;
    if (field == "photos") form.photo_waiver = said;
    if (field != "demands") continue;
    for (const std::string& text : new_demands(found, said)) paper.demands.push_back({new_uuid(ports.clock->now()), text, "other", "", "", false});
    form.no_demand = says_nothing_raised(said) || (form.no_demand && paper.demands.empty());
  }
  return paper;
}

Result<SavedRecord> take_in_paper(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::string_view state, const std::map<std::string, std::string>& words) {
  SHIDE_TRY(paper, paper_form(ports, actor, id, state, words));
  return save_record(ports, actor, id, paper.version, paper.form, paper.demands);
}

}  // namespace shide::workflow
