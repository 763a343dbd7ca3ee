// An edit that came too late: what is stored now and what was typed, field by field, so that a person can choose.
//
//     StaleEdit edit;
//     edit.compare("title", stored.title, typed.title);
//     if (edit.differs()) return edit.error();          // kStale -> 412, "field.both" beside each field that differs
//
// The same words sent twice differ in nothing: their second sending gets the first answer again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace shide {

class StaleEdit {
 public:
  void compare(std::string_view path, const std::string& stored, const std::string& typed);
  /// What people read as a word, not as they typed it; an empty phrase is nothing chosen.
  void compare(std::string_view path, const Phrase& stored, const Phrase& typed);
  bool differs() const { return !problems_.empty(); }
  /// `phrase` says more than that somebody was faster, where there is more to say.
  Error error(Phrase phrase = {"error.stale"}) const;

 private:
  std::vector<Problem> problems_;
};

}  // namespace shide
