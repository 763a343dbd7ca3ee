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
  for (const Finding& finding : findings) {
    if (is_pupil(finding.person) && !is_subject(finding.person)) fellows_.emplace(finding.person, fellows_.size());
  }
  bool inside = false;
  for (char32_t c : reading.folded().text()) {
    if (c == 0x201C || c == 0x300C) inside = true;
    if (c == 0x201D || c == 0x300D) inside = false;
    spoken_.push_back(inside);
  }
}

std::string Wording::replacement(const Finding& finding) const {
  if (!finding.is_name) return finding.replacement;
  if (finding.reason == "nickname_introduced" && finding.person < 0) return to("nickname");
  if (finding.title && finding.title->is_kin && finding.role != Role::kTeacher) return of_kin(finding);
  if (finding.role == Role::kTeacher) {
    if (finding.title) return to_utf8(finding.title->word);
    return reading_.listed_before("teacher_nouns", finding.start) > 0 ? "" : to("teacher");
  }
  if (!finding.title && reading_.listed_before("person_nouns", finding.start) > 0) return to("pupil_noun");
  if (finding.role == Role::kStudent) return of_pupil(finding);
  if (finding.role == Role::kGuardian) return to("guardian");
  return finding.title ? to("other_titled") + to_utf8(finding.title->word) : to("other");
}

std::string Wording::of_pupil(const Finding& finding) const {
  if (finding.person >= 0 && !is_subject(finding.person)) return of_fellow(finding.person);
  if (finding.person < 0 && finding.kind == Kind::kStudentName) return to("fellow");
  bool kin_follows = reading_.folded().at(finding.end) == to_code_points(to("of"))[0] && reading_.title_at(finding.end + 1) && reading_.title_at(finding.end + 1)->is_kin;
  return kin_follows || is_spoken(finding.start) ? to("pupil_spoken") : to("pupil");
}

// 小明妈妈 -> 孩子妈妈; of another pupil 同学妈妈.
std::string Wording::of_kin(const Finding& finding) const {
  bool is_fellow = finding.role == Role::kStudent && finding.person >= 0 && !is_subject(finding.person);
  return (is_fellow ? to("fellow_of_kin") : to("pupil_of_kin")) + to_utf8(finding.title->word);
}

// One other pupil is 一位同学; from two on they are told apart: 同学甲, 同学乙.
std::string Wording::of_fellow(int person) const {
  auto at = fellows_.find(person);
  if (fellows_.size() < 2 || at == fellows_.end()) return to("fellow");
  auto counted = split(to("counted"), ' ');
  return at->second < counted.size() ? to("fellow_counted") + std::string(counted[at->second]) : to("fellow");
}

bool Wording::is_subject(int person) const { return std::find(subjects_.begin(), subjects_.end(), person) != subjects_.end(); }

bool Wording::is_spoken(std::size_t place) const { return place < spoken_.size() && spoken_[place]; }

}  // namespace shide::privacy
