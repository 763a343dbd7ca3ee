// Annex 3 on paper (S102..S110, D9, D11): one record taken out of the house to be printed, signed, or filled in with a word processor,
// and taken in again. Word goes in as it came out: what the file was made from travels with it, so that it is merged with what
// colleagues have written meanwhile, field by field, as if it came from a phone (visit/record_merge.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/info_file.h"
#include "ports/documents.h"
#include "workflow/record.h"

namespace shide::workflow {

/// schema/forms/annex3.info: its fields in the order of the plan.
const InfoEntry& annex3_form();

/// What stands in a field's box; empty where nothing is written, or nothing may be seen.
std::string annex3_text(const Dossier& dossier, std::string_view field, Language language);

/// The record as its form begins: what was arranged stands where nothing is written yet.
model::VisitRecord record_as_shown(const Dossier& dossier);

struct RecordOnPaper {
  Dossier dossier;
  std::vector<ports::Picture> photos;  // by slot
  std::string state;                   // for PrintedForm::state: the version and the marks of the fields
};

/// Who may take the whole of it out: those who read the record in full anyway. The team says no reason, everybody else does.
bool may_take_out_record(const Dossier& dossier);
bool needs_reason_to_take_out(const Dossier& dossier);

/// kNotFound for who may not; kInvalid at "reason" without one that is needed. What was taken out, by whom and why stands in the
/// audit log. A visit without a record gives what the roster knows.
Result<RecordOnPaper> take_out_record(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::string_view reason);

/// kSame: as it stands in the record. kTaken: would change it. kNotTaken: belongs to the roster, or to a page of its own. kUnclear: not
/// understood.
enum class PaperFate { kSame, kTaken, kNotTaken, kUnclear };

struct PaperLine {
  std::string field, words, now;  // what the paper says, and what the record says
  PaperFate fate = PaperFate::kSame;
};

/// A paper that came back, before anything is written.
struct PaperSeen {
  std::optional<Dossier> dossier;            // whose it is
  std::vector<PaperLine> lines;              // every field the paper has
  std::vector<std::string> others;           // what belongs to no field
  std::map<std::string, std::string> words;  // by field, for take_in_paper
  std::string state;                         // as it came with the paper
  Phrase problem;                            // why nothing can be taken from it; empty: something can, or `dossier` is asked for
};

/// Whose paper it is says its mark, or `chosen` where another program has dropped that: never the names in it.
Result<PaperSeen> look_at_paper(ports::Ports& ports, const model::Actor& actor, const ports::FilledForm& paper, const std::optional<Id<model::Visit>>& chosen);

/// The visits whose record the actor can still write, those with this pupil first: to choose among for a paper without a mark.
Result<std::vector<Dossier>> visits_for_paper(ports::Ports& ports, const model::Actor& actor, std::string_view student);

/// What a paper changes of a record, as the form of the page would send it.
struct PaperForm {
  std::int64_t version = 0;
  visit::RecordForm form;
  std::vector<DemandForm> demands;
};
Result<PaperForm> paper_form(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::string_view state, const std::map<std::string, std::string>& words);

/// paper_form into the shared draft. Sent twice it is written once. Errors as of save_record.
Result<SavedRecord> take_in_paper(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::string_view state, const std::map<std::string, std::string>& words);

}  // namespace shide::workflow
