#include "workflow/check.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "privacy/redact.h"
#include "workflow/known_people.h"

namespace shide::workflow {
namespace {

using privacy::Cut;
using privacy::Doubt;
using privacy::KnownPeople;

/// Passages are read as one text, so that whoever is named in one is known in the next; no name reaches across this.
constexpr std::string_view kBetween = "\n\n";

Result<KnownPeople> names_of_school(ports::Ports& ports, const model::Actor& actor) {
  // The district sees no pupil, not even by asking for one.
  if (actor.school.empty() || actor.has(model::Role::kDistrict)) return KnownPeople{};
  return ports.store->read(actor, [&](ports::Unit& unit) { return people_of_school(unit, actor.school); });
}

/// Whom the text calls by the given name alone: in a large school redaction looks for short forms only of those it is told.
std::vector<std::string> called_by_given_name(std::string_view text, const std::vector<std::string>& names) {
  std::vector<std::string> called;
  for (const std::string& name : names) {
    std::u32string letters = to_code_points(name);
    std::string given = to_utf8(letters.substr(std::min(privacy::surname_length(letters), letters.size())));
    bool is_short = letters.size() < 3 || text.find(name) != std::string_view::npos;
    if (!is_short && text.find(given) != std::string_view::npos) called.push_back(name);
  }
  return called;
}

/// Without a register the whole text is one doubt; here each place is wanted on its own.
std::vector<Doubt> doubts_one_by_one(std::string_view text, const privacy::Register& known, const std::vector<Cut>& cuts) {
  std::vector<Doubt> doubts;
  for (const Cut& found : privacy::remaining_identifiers(text, known)) {
    bool is_cut = std::any_of(cuts.begin(), cuts.end(), [&](const Cut& cut) { return cut.start < found.end && found.start < cut.end; });
    if (!is_cut) doubts.push_back({found.start, found.end, found.kind, found.reason});
  }
  return doubts;
}

/// Whether a home is on the register is nobody's to learn here, whatever the reader's Reach.
Phrase outward_reason(const Phrase& reason) { return reason.code == "redact.reason.address_known" ? Phrase{"redact.reason.address"} : reason; }

std::vector<CheckFinding> in_order(const std::vector<Cut>& cuts, const std::vector<Doubt>& doubts) {
  std::vector<CheckFinding> all;
  for (const Cut& cut : cuts) all.push_back({.start = cut.start, .end = cut.end, .kind = cut.kind, .replacement = cut.replacement, .reason = outward_reason(cut.reason)});
  for (const Doubt& doubt : doubts) all.push_back({.start = doubt.start, .end = doubt.end, .kind = doubt.kind, .is_doubt = true, .reason = outward_reason(doubt.reason)});
  std::sort(all.begin(), all.end(), [](const CheckFinding& a, const CheckFinding& b) { return a.start < b.start; });
  return all;
}

/// The part of a finding of the whole text that lies in the passage from `begin` on; the replacement stands where it starts.
CheckFinding within(CheckFinding finding, std::size_t passage, std::size_t begin, const std::u32string& letters) {
  if (finding.start < begin) finding.replacement.clear();
  finding.passage = passage;
  finding.start = std::max(finding.start, begin) - begin;
  finding.end = std::min(finding.end - begin, letters.size());
  finding.words = to_utf8(letters.substr(finding.start, finding.end - finding.start));
  return finding;
}

std::string cleaned(const std::u32string& letters, const std::vector<CheckFinding>& findings) {
  std::string text;
  std::size_t at = 0;
  for (const CheckFinding& finding : findings) {
    if (finding.is_doubt) continue;
    text += to_utf8(letters.substr(at, finding.start - at)) + finding.replacement;
    at = finding.end;
  }
  return text + to_utf8(letters.substr(at));
}

Check by_passage(const std::vector<CheckPassage>& passages, const std::vector<CheckFinding>& found) {
  Check check;
  std::size_t begin = 0, next = 0;
  for (std::size_t i = 0; i < passages.size(); ++i) {
    std::u32string letters = to_code_points(passages[i].text);
    std::vector<CheckFinding> here;
    while (next < found.size() && found[next].end <= begin) ++next;
    for (std::size_t at = next; at < found.size() && found[at].start < begin + letters.size(); ++at) here.push_back(within(found[at], i, begin, letters));
    check.cleaned.push_back(cleaned(letters, here));
    check.findings.insert(check.findings.end(), std::make_move_iterator(here.begin()), std::make_move_iterator(here.end()));
    begin += letters.size() + kBetween.size();
  }
  return check;
}

}  // namespace

Result<Check> check_passages(ports::Ports& ports, const model::Actor& actor, const std::vector<CheckPassage>& passages, const std::vector<std::string>& names) {
  std::vector<std::string> texts;
  for (const CheckPassage& passage : passages) texts.push_back(passage.text);
  std::string whole = join(texts, kBetween);
  if (std::size_t count = character_count(whole); count > kLongestCheck) return Error{ErrorCode::kTooLarge, {"check.too_long", {{"count", count}, {"limit", kLongestCheck}}}};
  SHIDE_TRY(people, names_of_school(ports, actor));
  bool has_register = !people.students.empty();
  people.students.insert(people.students.end(), names.begin(), names.end());
  privacy::Register known(people);
  privacy::Redaction redaction = privacy::redact(whole, known, {.students = called_by_given_name(whole, names)});
  std::vector<Doubt> doubts = known.knows_no_pupil() ? doubts_one_by_one(whole, known, redaction.cuts) : redaction.left;
  Check check = by_passage(passages, in_order(redaction.cuts, doubts));
  check.has_register = has_register;
  check.knows_names = !known.knows_no_pupil();
  return check;
}

}  // namespace shide::workflow
