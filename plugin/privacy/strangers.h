// People no register knows: surname and title (李阿姨, 张先生, 赵老师), surname and name and title (王小红同学), a name behind a
// noun (爷爷|戈振邦), and names that give themselves away by their characters (陈梓涵) or by the pupil's own surname.
#pragma once

#include <vector>

#include "privacy/names.h"

namespace shide::privacy {

/// `family_surnames`: of the pupils this note is about. What the register bears as a surname is one even where it is a word (包同学).
std::vector<Finding> find_strangers(const Reading& reading, const CharacterSet& family_surnames, const Register& known);

}  // namespace shide::privacy
