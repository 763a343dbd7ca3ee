// What stands where a name stood, so that the note still reads as Chinese: 该生, 孩子妈妈, 家长, 老师, 同学甲, or nothing at all
// after a noun that already says who it is (妈妈李芳 -> 妈妈). The same person is called the same throughout a note.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "privacy/identifiers.h"

namespace shide::privacy {

class Wording {
 public:
  /// `about` names the pupils of this note, if known; else the pupil named most is taken for its subject.
  Wording(const Reading& reading, const Register& known, const std::vector<int>& about, const std::vector<Finding>& findings);

  std::string replacement(const Finding& finding) const;

 private:
  std::string of_pupil(const Finding& finding) const;
  std::string of_kin(const Finding& finding) const;
  std::string of_fellow(int person) const;
  bool is_subject(int person) const;
  bool is_spoken(std::size_t place) const;

  const Reading& reading_;
  std::vector<int> subjects_;
  std::map<int, std::size_t> fellows_;  // the other pupils in the order of their first mention
  std::vector<bool> spoken_;
};

}  // namespace shide::privacy
