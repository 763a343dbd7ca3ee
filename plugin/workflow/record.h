// Annex 3, written together by two or three: save, photos, demands, confirm, hand in; then the reading by someone who was not
// there (S49..S52, S72..S77, S102..S110).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"
#include "workflow/visit.h"

namespace shide::workflow {

/// A demand as typed beside the record. An empty id makes a new one; an empty text is no demand.
struct DemandForm {
  std::string id, text, topic, heard_at, heard_early_reason;
  bool urgent = false;
};

struct SavedRecord {
  model::VisitRecord record;
  std::vector<Problem> missing;  // what still stands before handing in; a draft may be partial
};

/// Keeps the shared draft. `expected_version` 0 is a first save. A late one is merged by field as far as the form's marks tell who
/// changed what (visit/record_merge.h); what both changed, and what comes after the record was handed in, answers kStale whose problems hold, for every field that differs, "field.both" with both versions (`yours`, `theirs`). Nothing
/// is lost: the caller still has the form. The same words sent twice give the first answer again, a demand by its id.
Result<SavedRecord> save_record(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::int64_t expected_version,
                                const visit::RecordForm& form, const std::vector<DemandForm>& demands);

/// What a photo does to one that holds its slot: a program replaces it, a form gives way to what a co-visitor sent meanwhile.
enum class Occupied { kReplace, kTakeFreeSlot };

/// Cleans the photo in the confined reader, stores it, then says so. `slot` 1..photos_required.
Result<model::VisitPhoto> add_photo(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::int64_t slot, std::string_view bytes,
                                    Occupied occupied = Occupied::kReplace);
Result<void> remove_photo(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::int64_t slot);
/// The JPEG, for those whose Reach includes it; others give a reason first, which is audited.
Result<std::string> photo_bytes(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::int64_t slot, std::string_view reason);

/// "I was there": credit waits for it, handing in does not (S77). Or: this teacher did not come.
Result<model::CoVisitor> confirm_record(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id);
Result<void> set_attendance(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, const Id<model::Teacher>& teacher, bool came);

/// Hands the record in. kInvalid lists what is missing. Handing in twice gives the first answer again.
Result<model::VisitRecord> submit_record(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id);

/// What a reviewer reads: the grade leader with the names taken out, the office in full (domain 5).
struct ReviewSheet {
  Dossier dossier;
  std::string preparation, narrative, reflection;
  std::vector<std::string> circumstances_to_see;  // fields that needed a reason
};
Result<ReviewSheet> review_sheet(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id);

/// Records waiting for this reader: handed in and not the own; for the office also those with the leader in the team, and
/// accepted ones that still want a second reading.
Result<std::vector<Dossier>> waiting_for_review(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& campaign);

struct ReviewForm {
  bool accept = false;
  std::string reason;            // of a send-back
  std::string preparation_mark;  // "0" none, "1" general, "2" concrete and in time
  std::string quality_mark;      // 0..25
};
/// Accepts, or sends back with a reason that the writer sees in place. Nobody reads their own visit.
Result<model::VisitRecord> review_record(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, const ReviewForm& form);

/// The second reader's mark of an accepted record.
Result<model::VisitRecord> second_reading(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::string_view quality_mark);

}  // namespace shide::workflow
