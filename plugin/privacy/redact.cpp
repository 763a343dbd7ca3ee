#include "privacy/redact.h"

#include <algorithm>

#include "base/text.h"
#include "privacy/folded_text.h"
#include "privacy/smoothing.h"
#include "privacy/wording.h"

namespace shide::privacy {
namespace {

std::vector<int> people_of(const NoteContext& context, const Register& known) {
  std::vector<int> people;
  for (const auto* names : {&context.students, &context.guardians}) {
    for (const std::string& name : *names) {
      if (int index = known.index_of(name); index >= 0) people.push_back(index);
    }
  }
  return people;
}

std::vector<Finding> all_findings(const Reading& reading, const Register& known, const std::vector<int>& about, Byline byline) {
  std::vector<Finding> all = find_names(reading, known, about, byline);
  auto add = [&](std::vector<Finding> more) { all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end())); };
  add(find_numbers(reading, known));
  add(find_patterns(reading, known));
  add(find_homes(reading, known));
  add(find_phrases(reading, all));
  add(find_workplaces(reading));
  std::erase_if(all, [](const Finding& finding) { return finding.end <= finding.start; });
  return all;
}

// What two findings of one place are worth: a certain one before a doubt, the longer, the one the register made.
bool goes_before(const Finding& a, const Finding& b) {
  if ((a.certainty == Certainty::kDoubt) != (b.certainty == Certainty::kDoubt)) return b.certainty == Certainty::kDoubt;
  std::size_t a_length = a.end - a.start, b_length = b.end - b.start;
  if (a_length != b_length) return a_length > b_length;
  if ((a.person >= 0) != (b.person >= 0)) return a.person >= 0;
  if (a.certainty != b.certainty) return a.certainty == Certainty::kCut;
  if (a.start != b.start) return a.start < b.start;
  return a.kind < b.kind;
}

// The accepted findings, sorted by place. A cut that overlaps an accepted one lengthens it, so that nothing found is ever
// left standing. `owners` remembers which finding has each character: the work is that of the passages' lengths.
class Settlement {
 public:
  explicit Settlement(std::size_t characters) : owners_(characters, kFree) {}

  void offer(Finding finding) {
    int other = first_owner(finding);
    if (other == kFree) {
      own(finding.start, finding.end, static_cast<int>(accepted_.size()));
      accepted_.push_back(std::move(finding));
    } else if (finding.certainty == Certainty::kCut) {
      meet(accepted_[static_cast<std::size_t>(other)], std::move(finding), other);
    }
  }

  std::vector<Finding> sorted() && {
    std::sort(accepted_.begin(), accepted_.end(), [](const Finding& a, const Finding& b) { return a.start < b.start; });
    return std::move(accepted_);
  }

 private:
  static constexpr int kFree = -1;

  void meet(Finding& accepted, Finding finding, int owner) {
    bool takes = accepted.certainty == Certainty::kCut || (!finding.is_name && accepted.certainty == Certainty::kStands);
    if (!takes) return;
    own(finding.start, finding.end, owner);
    if (accepted.certainty == Certainty::kCut) {
      accepted.start = std::min(accepted.start, finding.start);
      accepted.end = std::max(accepted.end, finding.end);
    } else {
      finding.start = std::min(accepted.start, finding.start);
      finding.end = std::max(accepted.end, finding.end);
      accepted = std::move(finding);
    }
  }

  int first_owner(const Finding& finding) const {
    for (std::size_t i = finding.start; i < finding.end; ++i) {
      if (owners_[i] != kFree) return owners_[i];
    }
    return kFree;
  }

  void own(std::size_t start, std::size_t end, int owner) {
    for (std::size_t i = start; i < end; ++i) {
      if (owners_[i] == kFree) owners_[i] = owner;
    }
  }

  std::vector<int> owners_;
  std::vector<Finding> accepted_;
};

std::vector<Finding> settled(std::vector<Finding> findings, std::size_t characters) {
  std::sort(findings.begin(), findings.end(), goes_before);
  Settlement settlement(characters);
  for (Finding& finding : findings) settlement.offer(std::move(finding));
  return std::move(settlement).sorted();
}

constexpr std::size_t kMostMarks = 2;

bool is_told_in_clauses(Kind kind) { return kind == Kind::kAddress || kind == Kind::kHealth || kind == Kind::kFamilyStatus || kind == Kind::kWorkplace; }

// 过了石桥，|沿河第四家: a home, or a life, told in clauses that follow each other.
bool follow_each_other(const Finding& first, const Finding& second, const FoldedText& folded) {
  char32_t mark = folded.at(first.end);
  return second.start == first.end + 1 && (mark == ',' || mark == 0x3001 || mark == ';') && is_told_in_clauses(second.kind);
}

// 周二|（17日）, 廿三日|，礼拜五: the marks between two ways to say one day go with them.
bool says_the_day_again(const Finding& first, Finding& second, const FoldedText& folded) {
  if (first.kind != Kind::kDate || second.start <= first.end || second.start - first.end > kMostMarks) return false;
  std::u32string_view marks = folded.text().substr(first.end, second.start - first.end);
  if (marks.find_first_not_of(U",(") != std::u32string_view::npos) return false;
  if (marks.find(U'(') != std::u32string_view::npos && folded.at(second.end) == ')') ++second.end;
  return true;
}

// Pieces of one home, or a day and its weekday, that touch: one cut. Cuts that lengthening made overlap: one cut as well.
std::vector<Finding> joined(std::vector<Finding> findings, const FoldedText& folded) {
  std::vector<Finding> out;
  for (Finding& finding : findings) {
    Finding* last = out.empty() ? nullptr : &out.back();
    bool overlap = last && finding.start < last->end;
    bool is_same = last && last->kind == finding.kind && !finding.is_name && !last->is_name && finding.certainty == last->certainty;
    bool touch = is_same && (finding.start == last->end || follow_each_other(*last, finding, folded) || says_the_day_again(*last, finding, folded));
    if (overlap || touch) {
      std::size_t start = last->start, end = std::max(last->end, finding.end);
      if (overlap && finding.certainty == Certainty::kCut && last->certainty != Certainty::kCut) *last = std::move(finding);
      last->start = start;
      last->end = end;
    } else {
      out.push_back(std::move(finding));
    }
  }
  return out;
}

Phrase reason(const Finding& finding) { return {"redact.reason." + finding.reason}; }

Redaction whole_in_doubt(Redaction redaction, std::size_t characters, const char* why) {
  redaction.left.clear();
  redaction.left.push_back({0, characters, Kind::kStudentName, {std::string("redact.reason.") + why}});
  return redaction;
}

std::string with_cuts(std::u32string_view note, const std::vector<Cut>& cuts) {
  std::string text;
  std::size_t at = 0;
  for (const Cut& cut : cuts) {
    text += to_utf8(note.substr(at, cut.start - at));
    text += cut.replacement;
    at = cut.end;
  }
  return text + to_utf8(note.substr(at));
}

}  // namespace

Redaction redact(std::string_view note, const Register& known, const NoteContext& context) {
  FoldedText folded(note);
  Reading reading(folded);
  std::vector<int> about = people_of(context, known);
  std::vector<Finding> findings = joined(settled(all_findings(reading, known, about, context.byline), folded.size()), folded);
  Wording wording(reading, known, about, findings);
  Redaction redaction;
  for (const Finding& finding : findings) {
    std::size_t start = folded.source(finding.start), end = folded.source_end(finding.end);
    if (finding.certainty == Certainty::kCut) redaction.cuts.push_back({start, end, finding.kind, wording.replacement(finding), reason(finding)});
    if (finding.certainty == Certainty::kDoubt) redaction.left.push_back({start, end, finding.kind, reason(finding)});
  }
  redaction.cuts = smoothed(folded.note(), std::move(redaction.cuts));
  redaction.text = with_cuts(folded.note(), redaction.cuts);
  if (Lexicon::shared().problem()) return whole_in_doubt(std::move(redaction), folded.note().size(), "no_rules");
  if (known.knows_no_pupil()) return whole_in_doubt(std::move(redaction), folded.note().size(), "no_register");
  return redaction;
}

std::vector<Cut> remaining_identifiers(std::string_view text, const Register& known, const NoteContext& context) {
  FoldedText folded(text);
  Reading reading(folded);
  std::vector<Cut> remaining;
  for (const Finding& finding : joined(settled(all_findings(reading, known, people_of(context, known), context.byline), folded.size()), folded)) {
    if (finding.certainty == Certainty::kStands || !is_direct(finding.kind)) continue;
    if (Lexicon::shared().is_replacement(folded.text().substr(finding.start, finding.end - finding.start))) continue;
    remaining.push_back({folded.source(finding.start), folded.source_end(finding.end), finding.kind, {}, reason(finding)});
  }
  return remaining;
}

}  // namespace shide::privacy
