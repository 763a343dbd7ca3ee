// One visit from the teachers' side, before the record: who goes, what is prepared, what was agreed with the family.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"
#include "visit/record_rules.h"

namespace shide::workflow {

/// Everything about one visit that its reader may see; what the Reach does not give is empty.
struct Dossier {
  model::Visit visit;
  model::Campaign campaign;
  model::SchoolClass school_class;
  model::GradeGroup grade_group;
  std::optional<model::VisitedStudent> student;
  std::optional<model::Guardian> guardian;
  std::optional<model::CareNote> care;
  std::vector<model::CoVisitor> team;      // homeroom teacher first
  std::vector<model::Teacher> teachers;    // of the team, same order
  std::optional<model::Preparation> preparation;
  std::optional<model::VisitRecord> record;
  std::vector<model::VisitPhoto> photos;   // by slot
  std::int64_t photo_count = 0;            // also for those who may only count them
  std::vector<model::Demand> demands;
  std::vector<model::Consent> consents;
  std::optional<model::Teacher> reviewer;  // the grade leader, unless in the team
  bool in_team = false;                    // the actor goes, or went
  bool was_in_window = false;              // visited on a planned day, by the plan of that day
  bool named = false;                      // the actor stands in the team, also marked absent: never the reader of this record

  visit::RecordCircumstances circumstances() const;
  /// What is missing before the record can be handed in.
  std::vector<Problem> missing() const;
};

/// kNotFound for a visit outside the actor's Reach.
Result<Dossier> dossier(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id);
Result<Dossier> load_dossier(ports::Unit& unit, const model::Actor& actor, const Id<model::Visit>& id);

/// Visits with the actor in the team, of the current campaign first.
Result<std::vector<Dossier>> my_visits(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& campaign);

/// Keeps what was prepared; `seal` closes it by time (S71). kStale with both versions when a colleague was faster, or when it is
/// sealed already; `expected_version` 0 is a first save.
Result<model::Preparation> save_preparation(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::int64_t expected_version,
                                            std::string_view text, bool seal);

/// What the family agreed to when the visit was arranged (S90, D7): empty answers were not asked.
struct AppointmentForm {
  std::string at, mode, means;
  std::string record_consent, photo_consent;  // "granted", "refused" or ""
  std::int64_t version = 0;                   // of the visit that was seen
};
/// kStale with both versions when a colleague has agreed on something else meanwhile.
Result<model::Visit> arrange_visit(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, const AppointmentForm& form);

/// A family declines or cannot be reached: no blame, out of every denominator (D7).
Result<model::Visit> note_family_answer(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, model::VisitState answer);

/// The version of the words a guardian is asked with today: what somebody agreed to can be shown later, whatever the page says then.
std::string consent_wording(model::ConsentScope scope);

/// The guardian's word on publishing this one visit's note (D1), asked for apart.
Result<model::Consent> note_publish_consent(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, model::ConsentAnswer answer,
                                            model::ConsentMeans means);

/// The guardian's phone on this page only; leaves a record of who looked and why.
Result<model::Guardian> reveal_guardian(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::string_view reason);

/// A meal or present was offered (S97). Reaches the student office. The same `report` with the same words gives the first answer
/// again, with others kDuplicate.
Result<model::GiftReport> report_gift(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, const Id<model::GiftReport>& report,
                                      std::string_view text);
Result<std::vector<model::GiftReport>> gift_reports(ports::Ports& ports, const model::Actor& actor);
/// By the student office or the ethics committee, never by somebody of that visit (D9).
Result<model::GiftReport> handle_gift(ports::Ports& ports, const model::Actor& actor, const Id<model::GiftReport>& id, std::string_view outcome);

}  // namespace shide::workflow
