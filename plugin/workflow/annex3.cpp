#include "workflow/annex3.h"

#include <algorithm>

#include "base/field_check.h"
#include "privacy/reach.h"

namespace shide::workflow {

using model::DataKind;
using model::Guardian;
using model::Level;
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

}  // namespace

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
    return unit.audit(paper.dossier.visit, "annex3", said);
  }));
  for (const VisitPhoto& photo : paper.dossier.photos) {
    SHIDE_TRY(bytes, ports.photo_vault->get(photo.sha256));
    paper.photos.push_back({std::move(bytes), photo.width, photo.height});
  }
  return paper;
}

}  // namespace shide::workflow
