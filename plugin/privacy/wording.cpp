#include "privacy/wording.h"

#include <algorithm>

#include "base/text.h"

namespace shide::privacy {
namespace {

const std::string& to(std::string_view name) { return Lexicon::shared().replacement(name); }

}  // namespace

Wording::Wording(const Reading& reading, const Register& known, const std::vector<int>& about, const std::vector<Finding>& findings) : reading_(reading) {
  auto is_pupil = [&](int person) { return person >= 0 && known.names()[static_cast<std::size_t>(person)].has(Role::kStudent); };
  std::copy_if(about.begin(), about.end(), std::back_inserter(subjects_), is_pupil);
  if (subjects_.empty()) {
    std::map<int, int> mentions;
    for (const Finding& finding : findings) {
      if (is_pupil(finding.person)) ++mentions[finding.person];
    }
    auto most = std::max_element(mentions.begin(), mentions.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most != mentions.end()) subjects_.push_back(most->first);
  }
  std::size_t subjects = 0;
  for (const Finding& finding : findings) {
    if (!is_pupil(finding.person) || finding.certainty == Certainty::kStands || ranks_.contains(finding.person)) continue;
    ranks_[finding.person] = is_subject(finding.person) ? subjects++ : fellows_++;
  }
}

std::string Wording::replacement(const Finding& finding) {
  if (!finding.is_name) return finding.replacement;
  std::string text = of_name(finding);
  const std::string& one = to("one_person");
  if (!text.starts_with(one)) return text;
  std::u32string who(reading_.folded().text().substr(finding.start, finding.end - finding.start));
  if (finding.person >= 0) who = U"#" + to_code_points(std::to_string(finding.person));
  return named_.insert(std::move(who)).second ? text : to("that_person") + text.substr(one.size());
}

std::string Wording::of_name(const Finding& finding) const {
  if (finding.reason == "nickname_introduced" && finding.person < 0) return to("nickname");
  if (finding.title && finding.title->is_kin && finding.role != Role::kTeacher) return of_kin(finding);
  if (finding.role == Role::kTeacher) {
    if (finding.title) return to_utf8(finding.title->word);
    return reading_.listed_before("teacher_nouns", finding.start) > 0 ? "" : to("teacher");
  }
  if (noun_says_who(finding)) return finding.title && finding.role == Role::kOther ? to_utf8(finding.title->word) : to("pupil_noun");
  if (finding.role == Role::kStudent) return of_pupil(finding);
  return finding.role == Role::kGuardian ? to("guardian") : of_other(finding);
}

// 邻居|孙浩然, 女儿|小雨; but not 告诉妈妈|小雨.
bool Wording::noun_says_who(const Finding& finding) const {
  if (finding.role == Role::kStudent) return !finding.title && reading_.listed_before("child_nouns", finding.start) > 0;
  return (!finding.title || finding.role == Role::kOther) && reading_.listed_before("person_nouns", finding.start) > 0;
}

// The child the note is about, or one of several; one other pupil is 一位同学; from two on they are told apart: 同学甲, 同学乙.
std::string Wording::of_pupil(const Finding& finding) const {
  auto rank = ranks_.find(finding.person);
  if (rank == ranks_.end()) return finding.kind == Kind::kStudentName ? to("fellow") : to("pupil");
  bool is_about = is_subject(finding.person);
  if ((is_about ? subjects_.size() : fellows_) < 2) return to(is_about ? "pupil" : "fellow");
  auto counted = split(to("counted"), ' ');
  return rank->second < counted.size() ? to(is_about ? "pupil" : "fellow_counted") + std::string(counted[rank->second]) : to("fellow");
}

// 小明妈妈 -> 孩子妈妈; of another pupil 同学妈妈.
std::string Wording::of_kin(const Finding& finding) const {
  bool is_fellow = finding.role == Role::kStudent && finding.person >= 0 && !is_subject(finding.person);
  return to(is_fellow ? "fellow_of_kin" : "pupil_of_kin") + to_utf8(finding.title->word);
}

std::string Wording::of_other(const Finding& finding) const {
  return finding.title && !finding.title->is_short ? to("one_person") + to_utf8(finding.title->word) : to("other");
}

bool Wording::is_subject(int person) const { return std::find(subjects_.begin(), subjects_.end(), person) != subjects_.end(); }

}  // namespace shide::privacy
