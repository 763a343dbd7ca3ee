// What stands where a name stood, so that the note still reads as Chinese: 孩子, 孩子妈妈, 家长, 老师, 同学甲, or nothing at all
// after a noun that already says who it is (妈妈李芳 -> 妈妈). The same person is called the same throughout a note; who was
// 一位同学 is 这位同学 from then on.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "privacy/identifiers.h"

namespace shide::privacy {

class Wording {
 public:
  /// `about` names the pupils of this note, if known; else the pupil named most is taken for its subject.
  Wording(const Reading& reading, const Register& known, const std::vector<int>& about, const std::vector<Finding>& findings);

  /// Calls match the order of the note: it remembers whom it has named.
  std::string replacement(const Finding& finding);

 private:
  std::string of_name(const Finding& finding) const;
  std::string of_pupil(const Finding& finding) const;
  std::string of_kin(const Finding& finding) const;
  std::string of_other(const Finding& finding) const;
  bool noun_says_who(const Finding& finding) const;
  bool is_subject(int person) const;

  const Reading& reading_;
  std::vector<int> subjects_;
  std::map<int, std::size_t> ranks_;  // the subjects, and the other pupils, in the order of their first mention
  std::size_t fellows_ = 0;
  std::set<std::u32string> named_;
};

}  // namespace shide::privacy
